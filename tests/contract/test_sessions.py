"""Sessions: inserted once, changed by comparing versions, found by code."""

import asyncio
from dataclasses import replace

from shared.domain.session import Command, Order, Session, advanced
from shared.ports.paging import Place
from tests import story
from tests.contract.parts import Parts


def _fresh(session_id: str, *, created_at_ms: int = story.START_MS) -> Session:
    """The story's session under an id and a code of this test alone."""
    return replace(story.LOBBY, id=session_id, code=session_id[:6].upper(), created_at_ms=created_at_ms)


def _started(session: Session) -> Session:
    return advanced(session, Order(command=Command.START), now_ms=story.START_MS, expected_version=session.version)


def _finished(session: Session) -> Session:
    return advanced(
        session, Order(command=Command.FINISH), now_ms=story.START_MS, expected_version=session.version
    )


async def test_session_added_is_found_by_id_and_code(parts: Parts, session_id: str) -> None:
    """What was stored comes back equal, whichever way it is asked for."""
    session = _started(_fresh(session_id))
    assert await parts.sessions.add(session)
    assert await parts.sessions.get(session_id) == session
    assert await parts.sessions.get_current(session_id) == session
    assert await parts.sessions.find(session.code) == session


async def test_session_unknown_is_none(parts: Parts, session_id: str) -> None:
    """An id or code that nobody has finds nothing."""
    assert await parts.sessions.get(session_id) is None
    assert await parts.sessions.get_current(session_id) is None
    assert await parts.sessions.find("NOBODY") is None


async def test_session_with_a_taken_code_is_refused(parts: Parts, session_id: str) -> None:
    """A code belongs to one unfinished session."""
    first = _fresh(session_id)
    assert await parts.sessions.add(first)
    assert not await parts.sessions.add(replace(first, id=f"{session_id}-2"))
    assert await parts.sessions.get_current(f"{session_id}-2") is None


async def test_session_with_the_code_of_a_finished_one_is_added_and_found(parts: Parts, session_id: str) -> None:
    """A finished session gives its code back; the code then finds the unfinished one, not the newer."""
    first = _fresh(session_id)
    await parts.sessions.add(first)
    assert await parts.sessions.compare_and_set(_finished(first))
    second = replace(first, id=f"{session_id}-2", created_at_ms=first.created_at_ms - 1)
    assert await parts.sessions.add(second)
    assert await parts.sessions.find(first.code) == second


async def test_session_find_among_finished_ones_gives_the_newest(parts: Parts, session_id: str) -> None:
    """With no live session the code leads to the last one's results."""
    for number in range(3):
        session = _fresh(f"{session_id}-{number}", created_at_ms=story.START_MS + number)
        await parts.sessions.add(session)
        await parts.sessions.compare_and_set(_finished(session))
    found = await parts.sessions.find(session_id[:6].upper())
    assert found is not None
    assert found.id == f"{session_id}-2"


async def test_compare_and_set_of_the_next_version_changes_the_session(parts: Parts, session_id: str) -> None:
    """The change is seen at once by whoever changed it, cache included."""
    session = _fresh(session_id)
    await parts.sessions.add(session)
    await parts.sessions.get(session_id)
    assert await parts.sessions.compare_and_set(_started(session))
    assert await parts.sessions.get(session_id) == _started(session)


async def test_compare_and_set_of_a_stale_version_changes_nothing(parts: Parts, session_id: str) -> None:
    """A command that another has overtaken does not undo it."""
    session = _fresh(session_id)
    await parts.sessions.add(session)
    assert await parts.sessions.compare_and_set(_started(session))
    assert not await parts.sessions.compare_and_set(_finished(session))
    assert await parts.sessions.get_current(session_id) == _started(session)


async def test_compare_and_set_repeated_by_the_winner_is_true(parts: Parts, session_id: str) -> None:
    """Whose reply was lost asks again and learns that the change stands."""
    session = _fresh(session_id)
    await parts.sessions.add(session)
    assert await parts.sessions.compare_and_set(_started(session))
    assert await parts.sessions.compare_and_set(_started(session))


async def test_compare_and_set_of_an_unknown_session_is_false(parts: Parts, session_id: str) -> None:
    """A change never creates a session."""
    assert not await parts.sessions.compare_and_set(_started(_fresh(session_id)))
    assert await parts.sessions.get_current(session_id) is None


async def test_compare_and_set_raced_by_twenty_has_one_winner(parts: Parts, twin: Parts, session_id: str) -> None:
    """Of twenty different next states, proposed by two processes at once, exactly one becomes the state."""
    session = _fresh(session_id)
    await parts.sessions.add(session)
    proposals = [
        advanced(session, Order(command=Command.START), now_ms=story.START_MS + number, expected_version=1)
        for number in range(20)
    ]
    won = await asyncio.gather(
        *((parts, twin)[number % 2].sessions.compare_and_set(state) for number, state in enumerate(proposals))
    )
    assert sum(won) == 1
    assert await parts.sessions.get_current(session_id) == proposals[won.index(True)]


async def test_session_changed_by_another_process_is_seen_by_get_current(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """The database decides, whatever this process has cached."""
    session = _fresh(session_id)
    await parts.sessions.add(session)
    await parts.sessions.get(session_id)
    assert await twin.sessions.compare_and_set(_started(session))
    assert await parts.sessions.get_current(session_id) == _started(session)


async def test_session_after_a_wipe_is_still_there(parts: Parts, session_id: str) -> None:
    """The cache may go; the session stays."""
    session = _fresh(session_id)
    await parts.sessions.add(session)
    await parts.sessions.get(session_id)
    await parts.wipe()
    assert await parts.sessions.get(session_id) == session


async def test_unfinished_lists_live_sessions_newest_first(parts: Parts, session_id: str) -> None:
    """Finished ones are left out."""
    sessions = [
        replace(_fresh(f"{session_id}-{number}", created_at_ms=story.START_MS + number), code=f"C{number}")
        for number in range(3)
    ]
    for session in sessions:
        await parts.sessions.add(session)
    await parts.sessions.compare_and_set(_finished(sessions[1]))
    assert list(await parts.sessions.unfinished()) == [sessions[2], sessions[0]]


async def test_sessions_of_a_host_are_paged_the_latest_first(parts: Parts, twin: Parts, session_id: str) -> None:
    """Running and finished ones, nobody else's, and none twice."""
    own = [
        replace(
            _fresh(session_id),
            id=f"{session_id}-{number}",
            code=f"{session_id}{number}",
            owner_id=session_id,
            created_at_ms=1_000 + number // 3,
        )
        for number in range(7)
    ]
    for session in (*own, replace(_fresh(session_id), owner_id="somebody-else")):
        assert await parts.sessions.add(session)
    changed = _started(own[6])
    await parts.sessions.compare_and_set(changed)
    found: list[Session] = []
    after: Place | None = None
    while page := await twin.sessions.of_owner(session_id, after=after, limit=2):
        found += page
        after = Place(at_ms=page[-1].created_at_ms, id=page[-1].id)
    assert found == [changed, *reversed(own[:6])]
