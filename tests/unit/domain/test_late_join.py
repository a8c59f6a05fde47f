"""With what score a late player begins."""

import pytest

from shared.domain.late_join import LateScore, starting_points
from shared.domain.ranking import Entry, Leaderboard
from shared.domain.settings import Pacing, Settings, settings_problems


def _board(*points: int) -> Leaderboard:
    entries = [
        Entry(rank=rank, player_id=str(rank), nickname="N", points=scored, total_ms=1)
        for rank, scored in enumerate(points, start=1)
    ]
    return Leaderboard(version=len(entries), entries=tuple(entries))


@pytest.mark.parametrize(
    ("rule", "points", "expected"),
    [
        (LateScore.ZERO, (900, 400), 0),
        (LateScore.LOWEST, (900, 400, 70), 70),
        (LateScore.LOWEST, (900, -50), -50),
        (LateScore.MEAN, (900, 400, 71), 457),
        (LateScore.MEAN, (), 0),
        # Two questions give 2 × (10,000 + 500) at most.
        (LateScore.LOWEST, (30_000,), 21_000),
    ],
)
def test_late_player_begins_by_the_rule(rule: LateScore, points: tuple[int, ...], expected: int) -> None:
    """From a board after two questions."""
    assert starting_points(rule, _board(*points), questions_before=2) == expected


def test_late_score_makes_no_sense_with_self_pacing() -> None:
    """Everybody gets every question."""
    problems = list(settings_problems(Settings(pacing=Pacing.PLAYER, late_score=LateScore.MEAN)))
    assert problems == ["expected late_score zero with pacing player, got mean: nobody misses a question"]
