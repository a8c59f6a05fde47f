"""A session's feed: numbered without gaps, guarded by version, exact after a gap or not at all."""

import asyncio

from shared.ports.feed import FeedMessage, Register
from tests.contract.parts import Parts


async def _append(parts: Parts, session_id: str, version: int, register: Register = Register.LEADERBOARD) -> int:
    seq = await parts.writer.append(session_id, register, version, _body(version, register))
    assert seq is not None
    return seq


def _body(version: int, register: Register = Register.LEADERBOARD) -> bytes:
    return b'{"type":"%b","text":"line\\nfeed \xc3\xa9","version":%d}' % (register.value.encode(), version)


async def test_feed_that_does_not_exist_has_no_state(parts: Parts, session_id: str) -> None:
    """Before the first message there is nothing to resume."""
    assert await parts.reader.state(session_id) is None
    assert await parts.reader.since(session_id, 0) is None


async def test_messages_are_numbered_one_higher_each(parts: Parts, twin: Parts, session_id: str) -> None:
    """Whoever appends and to whichever register."""
    seqs = [
        await _append(parts, session_id, 1, Register.SESSION),
        await _append(twin, session_id, 1, Register.LOBBY),
        await _append(parts, session_id, 1, Register.LEADERBOARD),
        await _append(twin, session_id, 2, Register.SESSION),
    ]
    assert seqs == list(range(seqs[0], seqs[0] + 4))


async def test_older_or_equal_version_is_not_appended(parts: Parts, session_id: str) -> None:
    """A late or repeated event changes nothing; another register is not concerned."""
    seq = await _append(parts, session_id, 5)
    assert await parts.writer.append(session_id, Register.LEADERBOARD, 5, b"{}") is None
    assert await parts.writer.append(session_id, Register.LEADERBOARD, 4, b"{}") is None
    state = await parts.reader.state(session_id)
    assert state is not None
    assert (state.seq, dict(state.registers)) == (seq, {Register.LEADERBOARD: _body(5)})
    assert await _append(parts, session_id, 1, Register.LOBBY) == seq + 1


async def test_version_zero_is_appended_once(parts: Parts, session_id: str) -> None:
    """An empty board or lobby has version 0 and is shown."""
    await _append(parts, session_id, 0)
    assert await parts.writer.append(session_id, Register.LEADERBOARD, 0, b"{}") is None


async def test_versions_compare_as_numbers(parts: Parts, session_id: str) -> None:
    """10 is newer than 9."""
    await _append(parts, session_id, 9)
    await _append(parts, session_id, 10)
    assert await parts.writer.append(session_id, Register.LEADERBOARD, 9, b"{}") is None


async def test_state_holds_the_newest_body_of_each_register(parts: Parts, session_id: str) -> None:
    """A snapshot needs no history."""
    await _append(parts, session_id, 1, Register.SESSION)
    await _append(parts, session_id, 1)
    seq = await _append(parts, session_id, 2)
    state = await parts.reader.state(session_id)
    assert state is not None
    assert state.seq == seq
    assert dict(state.registers) == {
        Register.SESSION: _body(1, Register.SESSION),
        Register.LEADERBOARD: _body(2),
    }


async def test_since_gives_exactly_the_missing_messages(parts: Parts, session_id: str) -> None:
    """In order; none when nothing is missing."""
    first = await _append(parts, session_id, 1)
    for version in range(2, 6):
        await _append(parts, session_id, version)
    missing = await parts.reader.since(session_id, first + 1)
    assert missing is not None
    assert list(missing) == [FeedMessage(session_id, first + 1 + at, _body(2 + at)) for at in range(1, 4)]
    everything = await parts.reader.since(session_id, first - 1)
    assert everything is not None
    assert len(everything) == 5
    assert await parts.reader.since(session_id, first + 4) == []


async def test_since_a_number_that_the_feed_never_had_is_none(parts: Parts, session_id: str) -> None:
    """From the future, from before the first, or from nowhere: a snapshot is due."""
    first = await _append(parts, session_id, 1)
    assert await parts.reader.since(session_id, first + 1) is None
    assert await parts.reader.since(session_id, first - 2) is None
    assert await parts.reader.since(session_id, 0) is None


async def test_since_what_was_trimmed_is_none(parts: Parts, session_id: str) -> None:
    """A feed is bounded: whoever missed more gets a snapshot, never a part of the messages."""
    first = await _append(parts, session_id, 1)
    for version in range(2, 1_502):
        await _append(parts, session_id, version)
    state = await parts.reader.state(session_id)
    assert state is not None
    assert await parts.reader.since(session_id, first) is None
    recent = await parts.reader.since(session_id, state.seq - 100)
    assert recent is not None
    assert [message.seq for message in recent] == list(range(state.seq - 99, state.seq + 1))


async def test_appends_at_once_are_numbered_without_gaps(parts: Parts, twin: Parts, session_id: str) -> None:
    """Of a hundred versions raced by two processes some are overtaken; the newest is there, no number lacks."""
    seqs = await asyncio.gather(
        *(
            (parts, twin)[version % 2].writer.append(session_id, Register.LEADERBOARD, version, _body(version))
            for version in range(100)
        )
    )
    given = sorted(seq for seq in seqs if seq is not None)
    assert given == list(range(given[0], given[0] + len(given)))
    state = await parts.reader.state(session_id)
    assert state is not None
    assert (state.seq, state.registers[Register.LEADERBOARD]) == (given[-1], _body(99))
    assert await parts.reader.since(session_id, given[0] - 1) is not None


async def test_feed_after_a_wipe_goes_on_above_all_earlier_numbers(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """A client never sees a number fall; what it saw before the wipe cannot be completed."""
    before = await _append(parts, session_id, 7)
    await parts.wipe()
    assert await parts.reader.state(session_id) is None
    assert await parts.reader.since(session_id, before) is None
    after = await _append(twin, session_id, 7)
    assert after > before
    assert await parts.reader.since(session_id, before) is None
    await parts.wipe()
    assert await _append(parts, session_id, 7) > after


async def test_feed_begun_by_two_at_once_has_one_numbering(parts: Parts, twin: Parts, session_id: str) -> None:
    """The first messages of a feed race: both are in it."""
    first, second = await asyncio.gather(
        _append(parts, session_id, 1, Register.SESSION), _append(twin, session_id, 1, Register.LOBBY)
    )
    assert abs(first - second) == 1
    missing = await parts.reader.since(session_id, min(first, second) - 1)
    assert missing is not None
    assert [message.seq for message in missing] == sorted((first, second))
