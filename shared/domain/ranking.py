"""The order of the leaderboard, in one place for Python and for Redis.

Points, most first; then total answer time, least first; then the earlier join; then the player id, so that
no two players ever tie. Everybody with an accepted answer is on the board.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.quiz import MAX_POINTS, MAX_QUESTIONS, MAX_TIME_LIMIT_MS

# A double holds whole numbers exactly up to 2^53: points take what total time leaves of it.
TIME_BITS = 29
MAX_TOTAL_MS = MAX_QUESTIONS * MAX_TIME_LIMIT_MS
MAX_TOTAL_POINTS = MAX_QUESTIONS * MAX_POINTS
assert MAX_TOTAL_MS < (1 << TIME_BITS)
assert MAX_TOTAL_POINTS < 1 << (53 - TIME_BITS - 1)

TOP_ENTRIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One scored answer of one player."""

    player_id: str
    nickname: str
    joined_at_ms: int
    question: int
    correct: bool
    points: int
    elapsed_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a leaderboard. `rank` starts at 1."""

    rank: int
    player_id: str
    nickname: str
    points: int
    total_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """A board that covers `version` scored answers: the more, the newer."""

    version: int
    entries: tuple[Entry, ...]


def packed_score(points: int, total_ms: int) -> int:
    """One whole number, exact as a double, that sorts ascending as the board does: least is best."""
    return -points * (1 << TIME_BITS) + total_ms


def unpacked_score(packed: int) -> tuple[int, int]:
    """Points and total milliseconds of a packed score."""
    points = -(packed // (1 << TIME_BITS))
    return points, packed + points * (1 << TIME_BITS)


def board_member(joined_at_ms: int, player_id: str, nickname: str) -> str:
    """The sorted set's member: among equal scores Redis orders by it, so the earlier join comes first.

    It carries the nickname, so that one read gives the whole board. None of the three ever changes.
    """
    return f"{joined_at_ms:014d}/{player_id}/{nickname}"


def member_player(member: str) -> tuple[str, str]:
    """Player id and nickname within a sorted set's member. (An id has no slash; a nickname may.)"""
    _, player_id, nickname = member.split("/", 2)
    return player_id, nickname


def leaderboard_of(results: Iterable[Result]) -> Leaderboard:
    """Recompute a whole board from scored answers; of two for one player and question the first counts."""
    first: dict[tuple[str, int], Result] = {}
    for result in results:
        first.setdefault((result.player_id, result.question), result)
    totals: dict[str, tuple[int, int, Result]] = {}
    for result in first.values():
        points, total_ms, _ = totals.get(result.player_id, (0, 0, result))
        totals[result.player_id] = (points + result.points, total_ms + result.elapsed_ms, result)
    ordered = sorted(
        totals.values(), key=lambda total: (-total[0], total[1], total[2].joined_at_ms, total[2].player_id)
    )
    return Leaderboard(
        version=len(first),
        entries=tuple(
            Entry(
                rank=rank,
                player_id=result.player_id,
                nickname=result.nickname,
                points=points,
                total_ms=total_ms,
            )
            for rank, (points, total_ms, result) in enumerate(ordered, start=1)
        ),
    )


def tick_ms(players: int) -> int:
    """How long a tick gathers updates, in milliseconds: short while the fan-out is small.

    PERFORMANCE.md: 50 to 100 ms up to 1,000 players, 250 ms at 5,000.
    """
    if players <= 200:
        return 50
    return 100 if players <= 1_000 else 250
