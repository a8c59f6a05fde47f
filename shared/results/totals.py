"""Everybody's points, question by question, without holding all results at once.

The same board as ranking.leaderboard_of makes of all results together: a property test compares the two.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.domain.ranking import Entry, Result, counted_results, ranked
from shared.domain.streak import RIGHT, WRONG, streak_bonus, with_mark


@dataclass(slots=True)
class PlayerTotal:
    """What one player has so far."""

    first: Result
    points: int = 0
    total_ms: int = 0
    answered: int = 0
    correct: int = 0
    history: str = ""

    @property
    def bonus(self) -> int:
        """Points for right answers in a row."""
        return streak_bonus(self.history)

    @property
    def all_points(self) -> int:
        """Those of the answers, the bonus, and what a late player began with."""
        return self.first.starting_points + self.points + self.bonus

    def add(self, result: Result) -> None:
        self.points += result.points
        self.total_ms += result.elapsed_ms
        self.answered += 1
        self.correct += result.correct
        if result.streak_place is not None:
            mark = RIGHT if result.correct else WRONG
            self.history = with_mark(self.history, result.streak_place, mark)


@dataclass(slots=True)
class Totals:
    """Add every question's results once."""

    players: dict[str, PlayerTotal] = field(default_factory=dict)
    answered: Counter[int] = field(default_factory=Counter)

    def add(self, results: Iterable[Result]) -> None:
        """All results of one question, or of several whole ones."""
        counted, _ = counted_results(results)
        for result in counted:
            self.players.setdefault(result.player_id, PlayerTotal(result)).add(result)
            self.answered[result.question] += 1

    def entries(self, *, removed: Iterable[str] = ()) -> tuple[Entry, ...]:
        """The board of those who are still in the session, best first."""
        out = frozenset(removed)
        return ranked(_entry(total) for player, total in self.players.items() if player not in out)


def _entry(total: PlayerTotal) -> Entry:
    return Entry(
        rank=0,
        player_id=total.first.player_id,
        nickname=total.first.nickname,
        points=total.all_points,
        total_ms=total.total_ms,
        team=total.first.team,
        joined_at_ms=total.first.joined_at_ms,
        starting_points=total.first.starting_points,
    )
