"""Snapshots: the board of the highest edition."""

import asyncio
from dataclasses import replace

from shared.domain.ranking import Leaderboard, edition_of, leaderboard_of
from tests.contract.parts import Parts
from tests.contract.results import many_results

RESULTS = many_results(players=30, questions=2)


def _board(version: int) -> Leaderboard:
    return replace(leaderboard_of(RESULTS[:version]), edition=edition_of(version, removed=0, held=False))


async def test_snapshot_put_is_found_whole(parts: Parts, twin: Parts, session_id: str) -> None:
    """Every line of the board."""
    await parts.snapshots.put(session_id, _board(60))
    assert await twin.snapshots.get(session_id) == _board(60)


async def test_snapshot_unknown_is_none(parts: Parts, session_id: str) -> None:
    """No board yet."""
    assert await parts.snapshots.get(session_id) is None


async def test_snapshot_of_an_older_or_equal_edition_changes_nothing(parts: Parts, session_id: str) -> None:
    """A leader that was overtaken does not turn the board back."""
    await parts.snapshots.put(session_id, _board(20))
    await parts.snapshots.put(session_id, _board(19))
    await parts.snapshots.put(session_id, replace(_board(20), entries=()))
    assert await parts.snapshots.get(session_id) == _board(20)


async def test_snapshots_put_in_any_order_at_once_leave_the_newest(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """Forty versions raced by two processes, from no board at all."""
    versions = [*range(1, 41, 2), *range(40, 0, -2)]
    await asyncio.gather(
        *((parts, twin)[version % 2].snapshots.put(session_id, _board(version)) for version in versions)
    )
    assert await parts.snapshots.get(session_id) == _board(40)
