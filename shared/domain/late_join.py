"""With what score a player begins who joins after the start."""

from enum import StrEnum

from shared.domain.quiz import MAX_POINTS
from shared.domain.ranking import Leaderboard
from shared.domain.streak import STREAK_STEP, STREAK_STEPS_AT_MOST


class LateScore(StrEnum):
    ZERO = "zero"
    LOWEST = "lowest"  # level with whoever is last
    MEAN = "mean"  # the average, rounded down


def starting_points(rule: LateScore, board: Leaderboard, *, questions_before: int) -> int:
    """By the last stored board. Never more than the questions before the present one can have given, so that no
    total outgrows the board's limit (ranking.MAX_TOTAL_POINTS)."""
    points = [entry.points for entry in board.entries]
    if not points or rule is LateScore.ZERO:
        return 0
    wanted = min(points) if rule is LateScore.LOWEST else sum(points) // len(points)
    return min(wanted, questions_before * (MAX_POINTS + STREAK_STEP * STREAK_STEPS_AT_MOST))
