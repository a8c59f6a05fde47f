"""A board whose Redis was emptied: rebuilt from what the database holds, never shown in part."""

import asyncio

from shared.domain.ranking import leaderboard_of
from tests.contract.parts import Parts
from tests.contract.results import many_results, result

RESULTS = many_results(players=400, questions=5)


async def test_board_wiped_is_not_ready_until_it_is_rebuilt(parts: Parts, session_id: str) -> None:
    """What is applied in between would be a board of one."""
    await parts.board.rebuild(session_id, RESULTS)
    await parts.wipe()
    applied = await parts.board.apply(session_id, result("late"), event_id="event-1")
    assert not applied.ready
    assert await parts.board.take(session_id) is None
    assert await parts.board.rebuild(session_id, RESULTS)
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of(RESULTS)


async def test_board_rebuilt_by_three_at_once_is_exact(parts: Parts, twin: Parts, session_id: str) -> None:
    """Every event that finds the board gone rebuilds it: together they do it once."""
    rebuilt = await asyncio.gather(
        parts.board.rebuild(session_id, RESULTS),
        twin.board.rebuild(session_id, RESULTS[:1_000]),
        parts.board.rebuild(session_id, list(reversed(RESULTS))),
    )
    assert all(rebuilt)
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of(RESULTS)


async def test_result_applied_during_a_rebuild_is_not_lost(parts: Parts, twin: Parts, session_id: str) -> None:
    """It is applied to a board that stands, or refused as not ready; then its own event rebuilds."""
    newest = result("newest", points=5)

    async def apply_as_rank_does() -> None:
        if not (await twin.board.apply(session_id, newest, event_id="event-1")).ready:
            assert await twin.board.rebuild(session_id, [*RESULTS, newest])

    await asyncio.gather(parts.board.rebuild(session_id, RESULTS), apply_as_rank_does())
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of([*RESULTS, newest])


async def test_board_wiped_during_its_rebuild_is_whole_or_not_ready(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """However the wipe falls: what a rebuild has declared ready is whole, or was wiped after that."""
    for moments in range(0, 12, 2):
        rebuild = asyncio.create_task(parts.board.rebuild(session_id, RESULTS))
        for _ in range(moments):
            await twin.board.size("another")
        await twin.wipe()
        is_rebuilt = await rebuild
        size = await parts.board.size(session_id)
        assert size in ({0, len(RESULTS)} if is_rebuilt else {0})
        while not await parts.board.rebuild(session_id, RESULTS):
            continue
        taken = await parts.board.take(session_id)
        assert taken is not None
        assert taken.board == leaderboard_of(RESULTS)
        await parts.wipe()


async def test_rebuilt_board_takes_no_result_twice(parts: Parts, session_id: str) -> None:
    """A redelivery of what the database gave already changes nothing."""
    await parts.board.rebuild(session_id, RESULTS)
    for one in RESULTS[:50]:
        await parts.board.apply(session_id, one, event_id="event")
    assert await parts.board.size(session_id) == len(RESULTS)
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of(RESULTS)
