"""Rate limits: shared by all gateways, each key for itself."""

import asyncio

from tests.contract.parts import Parts


async def test_uses_within_the_limit_are_allowed_and_no_more(parts: Parts, twin: Parts, session_id: str) -> None:
    """Twenty at once through two gateways, five allowed."""
    allowed = await asyncio.gather(
        *((parts, twin)[number % 2].limits.allow(session_id, limit=5, per_ms=60_000) for number in range(20))
    )
    assert sum(allowed) == 5


async def test_use_in_the_next_window_is_allowed(parts: Parts, session_id: str) -> None:
    """The limited are not locked out."""
    assert await parts.limits.allow(session_id, limit=1, per_ms=300)
    assert not await parts.limits.allow(session_id, limit=1, per_ms=300)

    async def is_allowed() -> bool:
        return await parts.limits.allow(session_id, limit=1, per_ms=300)

    await parts.eventually(is_allowed, within_ms=2_000)


async def test_another_key_is_not_concerned(parts: Parts, session_id: str) -> None:
    """One flooder limits nobody else."""
    await parts.limits.allow(session_id, limit=1, per_ms=60_000)
    assert not await parts.limits.allow(session_id, limit=1, per_ms=60_000)
    assert await parts.limits.allow(f"{session_id}-2", limit=1, per_ms=60_000)
