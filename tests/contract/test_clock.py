"""The one clock."""

from tests.contract.parts import Parts


async def test_clock_of_two_processes_is_the_same(parts: Parts, twin: Parts) -> None:
    """Within what a round trip on one machine can hide."""
    first, second, third = parts.clock.now_ms(), twin.clock.now_ms(), parts.clock.now_ms()
    assert first - 20 <= second <= third + 20


async def test_clock_goes_on(parts: Parts) -> None:
    """It moves forward, never back."""
    before = parts.clock.now_ms()

    async def is_later() -> bool:
        assert parts.clock.now_ms() >= before
        return parts.clock.now_ms() >= before + 100

    await parts.eventually(is_later)
