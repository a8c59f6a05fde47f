"""Points for one answer: pure, whole numbers, one versioned policy per formula.

A policy's name never changes its formula: a session keeps the policy it was opened with.
"""

from enum import StrEnum

from shared.domain.quiz import Question, QuestionType

FULL_POINTS_BELOW_MS = 500


class ScoringPolicy(StrEnum):
    SPEED_V1 = "speed.v1"
    FLAT_V1 = "flat.v1"
    LINEAR_V1 = "linear.v1"


def points_for(policy: ScoringPolicy, question: Question, *, correct: bool, elapsed_ms: int) -> int:
    """Points of one answer given `elapsed_ms` after its question opened (0 ≤ elapsed ≤ time limit).

    speed.v1   round(points × (1 − t/T/2)), full below 0.5 s: the formula that Kahoot publishes
               (support.kahoot.com, "How points work"); halves round up
    flat.v1    points
    linear.v1  round(points × (1 − t/T)): nothing is left at the deadline
    """
    if not correct or question.type is QuestionType.POLL:
        return 0
    limit = question.time_limit_ms
    elapsed = min(max(elapsed_ms, 0), limit)
    match policy:
        case ScoringPolicy.FLAT_V1:
            return question.points
        case ScoringPolicy.LINEAR_V1:
            return _rounded(question.points * (limit - elapsed), limit)
        case ScoringPolicy.SPEED_V1:
            if elapsed < FULL_POINTS_BELOW_MS:
                return question.points
            return _rounded(question.points * (2 * limit - elapsed), 2 * limit)


def _rounded(numerator: int, denominator: int) -> int:
    """numerator / denominator, halves up, without a float on the way."""
    return (2 * numerator + denominator) // (2 * denominator)
