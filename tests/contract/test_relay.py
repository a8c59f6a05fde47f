"""The channels to the gateways: every live holder of a session hears everything, nobody else anything."""

import asyncio
import uuid

import pytest

from shared.ports.feed import FeedMessage, JoinOutcome, PersonalMessage, ReactionsMessage, Register
from tests.contract.listener import listening
from tests.contract.parts import Parts

BODY = b'{"type":"leaderboard","text":"\\n and \xc3\xa9"}'


@pytest.fixture
def gateway() -> str:
    """A gateway of this test alone."""
    return f"gateway-{uuid.uuid4().hex}"


async def test_appended_message_reaches_both_gateways_that_hold_the_session(
    parts: Parts, twin: Parts, session_id: str, gateway: str
) -> None:
    """With the number that the append returned."""
    async with listening(parts, gateway) as first, listening(twin, f"{gateway}-2") as second:
        await parts.registry.hold(gateway, session_id)
        await twin.registry.hold(f"{gateway}-2", session_id)
        seq = await parts.writer.append(session_id, Register.LEADERBOARD, 1, BODY)
        assert seq is not None
        expected = [FeedMessage(session_id, seq, BODY)]
        assert await first.gets(1) == expected
        assert await second.gets(1) == expected


async def test_messages_arrive_in_the_order_of_their_numbers(parts: Parts, session_id: str, gateway: str) -> None:
    """Numbering and publishing are one step, so no later number overtakes."""
    async with listening(parts, gateway) as listener:
        await parts.registry.hold(gateway, session_id)
        await asyncio.gather(
            *(
                parts.writer.append(session_id, register, version, BODY)
                for version in range(30)
                for register in Register
            )
        )
        await parts.writer.append(session_id, Register.SESSION, 1_000, BODY)
        state = await parts.reader.state(session_id)
        assert state is not None

        async def has_last() -> bool:
            return bool(listener.received) and listener.received[-1] == FeedMessage(session_id, state.seq, BODY)

        await parts.eventually(has_last)
        seqs = [message.seq for message in listener.received if isinstance(message, FeedMessage)]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))


async def test_repeated_message_is_not_relayed(parts: Parts, session_id: str, gateway: str) -> None:
    """What the feed refuses nobody hears."""
    async with listening(parts, gateway) as listener:
        await parts.registry.hold(gateway, session_id)
        await parts.writer.append(session_id, Register.LEADERBOARD, 1, BODY)
        await parts.writer.append(session_id, Register.LEADERBOARD, 1, BODY)
        await parts.writer.append(session_id, Register.SESSION, 1, BODY)
        received = await listener.gets(2)
        assert len({message.seq for message in received if isinstance(message, FeedMessage)}) == len(received) == 2


async def test_gateway_that_does_not_hold_the_session_hears_nothing_of_it(
    parts: Parts, session_id: str, gateway: str
) -> None:
    """Before it holds, and after it released."""
    async with listening(parts, gateway) as listener:
        await parts.writer.append(session_id, Register.LEADERBOARD, 1, BODY)
        await parts.registry.hold(gateway, session_id)
        await parts.registry.release(gateway, [session_id])
        await parts.writer.append(session_id, Register.LEADERBOARD, 2, BODY)
        await parts.writer.send_to_player(session_id, "ada", BODY)
        await parts.writer.send_join_outcome(session_id, gateway, "last", b"{}")
        assert await listener.gets(1) == [JoinOutcome("last", b"{}")]


async def test_personal_message_reaches_each_holder(
    parts: Parts, twin: Parts, session_id: str, gateway: str
) -> None:
    """The player's connections may be anywhere."""
    async with listening(parts, gateway) as first, listening(twin, f"{gateway}-2") as second:
        await parts.registry.hold(gateway, session_id)
        await parts.registry.hold(f"{gateway}-2", session_id)
        await parts.writer.send_to_player(session_id, "ada", BODY)
        assert await first.gets(1) == [PersonalMessage(session_id, "ada", BODY)]
        assert await second.gets(1) == [PersonalMessage(session_id, "ada", BODY)]


async def test_reactions_reach_each_holder_and_are_not_kept(
    parts: Parts, twin: Parts, session_id: str, gateway: str
) -> None:
    """The gateway that counted them, too; the feed knows nothing of them."""
    async with listening(parts, gateway) as first, listening(twin, f"{gateway}-2") as second:
        await parts.registry.hold(gateway, session_id)
        await parts.registry.hold(f"{gateway}-2", session_id)
        await parts.reader.send_reactions(session_id, BODY)
        assert await first.gets(1) == [ReactionsMessage(session_id, BODY)]
        assert await second.gets(1) == [ReactionsMessage(session_id, BODY)]
        assert await parts.reader.state(session_id) is None


async def test_join_outcome_reaches_the_gateway_that_waits_and_is_kept(
    parts: Parts, twin: Parts, session_id: str, gateway: str
) -> None:
    """Whether or not it holds the session; and whoever asks later, at another gateway, finds it."""
    request_id = uuid.uuid4().hex
    assert await parts.reader.join_outcome(request_id) is None
    async with listening(parts, gateway) as listener:
        await twin.writer.send_join_outcome(session_id, gateway, request_id, BODY)
        assert await listener.gets(1) == [JoinOutcome(request_id, BODY)]
    assert await twin.reader.join_outcome(request_id) == BODY


async def test_silence_does_not_break_a_subscription(parts: Parts, session_id: str, gateway: str) -> None:
    """A quiet hall is no fault: after longer than any command may take, messages still come."""
    async with listening(parts, gateway) as listener:
        started_ms = parts.clock.now_ms()

        async def is_long_after() -> bool:
            return parts.clock.now_ms() > started_ms + 4_000

        await parts.eventually(is_long_after, within_ms=8_000)
        assert not listener.broken.is_set()
        await parts.writer.send_join_outcome(session_id, gateway, "last", b"{}")
        assert await listener.gets(1) == [JoinOutcome("last", b"{}")]


async def test_subscription_survives_a_wipe(parts: Parts, session_id: str, gateway: str) -> None:
    """Emptied is not away: the channel stands; the holding has to be renewed."""
    async with listening(parts, gateway) as listener:
        await parts.registry.hold(gateway, session_id)
        await parts.wipe()
        await parts.writer.append(session_id, Register.LEADERBOARD, 1, BODY)
        await parts.registry.hold(gateway, session_id)
        seq = await parts.writer.append(session_id, Register.LEADERBOARD, 2, BODY)
        assert seq is not None
        assert await listener.gets(1) == [FeedMessage(session_id, seq, BODY)]
