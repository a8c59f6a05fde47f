"""The registry: a gateway holds a session as long as its heart beats."""

import uuid

import pytest

from shared.ports.feed import JoinOutcome, PersonalMessage
from tests.contract.listener import Listener, listening
from tests.contract.parts import Parts


@pytest.fixture
def gateway() -> str:
    """A gateway of this test alone."""
    return f"gateway-{uuid.uuid4().hex}"


async def _hears(parts: Parts, listener: Listener, gateway: str, session_id: str) -> bool:
    """Whether the gateway is given a message of the session now."""
    marker = uuid.uuid4().hex
    await parts.writer.send_to_player(session_id, marker, b"{}")
    await parts.writer.send_join_outcome(session_id, gateway, marker, b"{}")

    async def has_marker() -> bool:
        return JoinOutcome(marker, b"{}") in listener.received

    await parts.eventually(has_marker)
    return PersonalMessage(session_id, marker, b"{}") in listener.received


async def test_heartbeat_holds_what_it_names(parts: Parts, session_id: str, gateway: str) -> None:
    """Also what was never held before: so a gateway comes back after a wipe."""
    async with listening(parts, gateway) as listener:
        await parts.registry.heartbeat(gateway, {session_id: 3})
        assert await _hears(parts, listener, gateway, session_id)
        await parts.wipe()
        assert not await _hears(parts, listener, gateway, session_id)
        await parts.registry.heartbeat(gateway, {session_id: 3})
        assert await _hears(parts, listener, gateway, session_id)


async def test_gateway_without_a_heartbeat_is_forgotten(parts: Parts, session_id: str, gateway: str) -> None:
    """15 s after the last one, not much earlier: a gateway that died costs nothing for long."""
    async with listening(parts, gateway) as listener:
        started_ms = parts.clock.now_ms()
        await parts.registry.hold(gateway, session_id)

        async def is_forgotten() -> bool:
            return not await _hears(parts, listener, gateway, session_id)

        await parts.eventually(is_forgotten, within_ms=18_000)
        assert 14_000 <= parts.clock.now_ms() - started_ms <= 18_000
        await parts.registry.heartbeat(gateway, {session_id: 1})
        assert await _hears(parts, listener, gateway, session_id)


async def test_release_ends_what_it_names_only(parts: Parts, session_id: str, gateway: str) -> None:
    """Other sessions and other gateways go on."""
    other = f"{session_id}-2"
    async with listening(parts, gateway) as listener, listening(parts, f"{gateway}-2") as second:
        await parts.registry.heartbeat(gateway, {session_id: 1, other: 1})
        await parts.registry.hold(f"{gateway}-2", session_id)
        await parts.registry.release(gateway, [session_id])
        assert not await _hears(parts, listener, gateway, session_id)
        assert await _hears(parts, listener, gateway, other)
        assert await _hears(parts, second, f"{gateway}-2", session_id)


async def test_epoch_stays_until_redis_is_emptied(parts: Parts, twin: Parts, gateway: str) -> None:
    """All gateways see the same one; another one says that everything is gone."""
    epoch = await parts.registry.heartbeat(gateway, {})
    assert await twin.registry.heartbeat(f"{gateway}-2", {}) == epoch
    assert await parts.registry.heartbeat(gateway, {"session": 1}) == epoch
    await parts.wipe()
    renewed = await parts.registry.heartbeat(gateway, {})
    assert renewed != epoch
    assert await twin.registry.heartbeat(f"{gateway}-2", {}) == renewed


async def test_release_of_nothing_is_harmless(parts: Parts, session_id: str, gateway: str) -> None:
    """Neither an empty list nor a session never held is an error."""
    await parts.registry.release(gateway, [])
    await parts.registry.release(gateway, [session_id])
