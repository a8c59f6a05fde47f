"""When a published board is stored."""

from dataclasses import replace

from functions.rank.storing import BoardStore
from shared.adapters.memory import MemorySnapshots, MemorySystem
from shared.domain.ranking import Leaderboard
from tests.events import golden
from tests.story import FIRST_CLOSED, FIRST_OPEN, SESSION_ID, seed
from tests.unit.functions.handlers import HANDLERS

BOARD = Leaderboard(version=1, entries=(), edition=1)


async def test_boards_that_follow_each_other_are_stored_once_a_second() -> None:
    """The first at once, then those that come a second later."""
    system, now_s = MemorySystem(), [100.0]
    store = BoardStore(system.snapshots, now_s=lambda: now_s[0])
    for edition, at_s, stored in ((1, 100.0, 1), (2, 100.5, 1), (3, 100.9, 1), (4, 101.0, 4), (5, 101.5, 4)):
        now_s[0] = at_s
        await store.put_in_time(SESSION_ID, replace(BOARD, edition=edition))
        snapshot = await system.snapshots.get(SESSION_ID)
        assert snapshot is not None
        assert snapshot.edition == stored


async def test_board_is_stored_at_once_when_answers_pause() -> None:
    """However lately one was."""
    system = MemorySystem()
    store = BoardStore(system.snapshots, now_s=lambda: 100.0)
    await store.put_in_time(SESSION_ID, BOARD)
    await store.put_now(SESSION_ID, replace(BOARD, edition=2))
    snapshot = await system.snapshots.get(SESSION_ID)
    assert snapshot is not None
    assert snapshot.edition == 2


async def test_board_that_was_published_but_not_stored_is_stored_at_the_close() -> None:
    """The event of the close finds nothing to publish, and stores what the ticks of the question did not."""
    system = MemorySystem()
    await seed(system, session=FIRST_OPEN)
    handler = HANDLERS["rank"](system)
    await HANDLERS["score"](system).handle(golden.ANSWER_ACCEPTED)
    await handler.handle(golden.SCORE_UPDATED)
    system.snapshots = MemorySnapshots(system.faults)
    handler = HANDLERS["rank"](system)  # another process, which knows of no store
    assert await system.sessions.compare_and_set(FIRST_CLOSED)
    published = len(system.publisher.events)
    await handler.handle(golden.QUESTION_CLOSED)
    assert len(system.publisher.events) == published
    snapshot = await system.snapshots.get(SESSION_ID)
    assert snapshot is not None
    assert [entry.points for entry in snapshot.entries] == [900]
