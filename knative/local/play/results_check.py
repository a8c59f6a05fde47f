"""Are the results that a host takes home the recomputed ones? Pure, like verify.py."""

from collections.abc import Iterable

import msgspec

from shared.domain.ranking import Leaderboard, Result, counted_results


class ToldAnswer(msgspec.Struct, frozen=True):
    """A row of results.json, as far as it can be recomputed. `question` counts from 1."""

    question: int
    player_id: str
    points: int | None
    elapsed_ms: int
    rank: int | None
    total: int | None


class ToldPlayer(msgspec.Struct, frozen=True):
    """A row of its players."""

    player_id: str
    rank: int | None
    points: int
    total_ms: int


class ToldResults(msgspec.Struct, frozen=True):
    """results.json: what else it says is passed over."""

    answers: list[ToldAnswer]
    players: list[ToldPlayer]


def wrong_told(name: str, told: ToldResults, *, results: Iterable[Result], board: Leaderboard) -> list[str]:
    """Where the results that `name` tells differ from the recomputed scores and board."""
    entries = {entry.player_id: entry for entry in board.entries}
    counted, _ = counted_results(results)
    expected = {
        (
            result.question + 1,
            result.player_id,
            result.points,
            result.elapsed_ms,
            entries[result.player_id].rank,
            entries[result.player_id].points,
        )
        for result in counted
    }
    got = {(row.question, row.player_id, row.points, row.elapsed_ms, row.rank, row.total) for row in told.answers}
    problems = []
    if got != expected or len(told.answers) != len(expected):
        differing = len(got ^ expected)
        problems.append(f"{name}: expected the {len(expected)} recomputed answers, got {differing} that differ")
    ranked = [(row.rank, row.player_id, row.points, row.total_ms) for row in told.players if row.rank is not None]
    lines = [(entry.rank, entry.player_id, entry.points, entry.total_ms) for entry in board.entries]
    if ranked != lines:
        problems.append(f"{name}: expected the players of the recomputed board, got others or in another order")
    return problems
