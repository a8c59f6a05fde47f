"""Points for one answer: pure, whole numbers, one versioned policy per formula.

A policy's name never changes its formula: a session keeps the policy it was opened with. The streak bonus is not
here: it depends on several answers, so it belongs to the board (streak.py).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from shared.domain.quiz import Question, QuestionType

FULL_POINTS_BELOW_MS = 500
MAX_PENALTY_PERCENT = 100


class ScoringPolicy(StrEnum):
    SPEED_V1 = "speed.v1"
    FLAT_V1 = "flat.v1"
    LINEAR_V1 = "linear.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRules:
    """How a session counts. `penalty_percent` of a question's points is taken for an answer that is all wrong."""

    policy: ScoringPolicy = ScoringPolicy.SPEED_V1
    penalty_percent: int = 0
    partial_credit: bool = False
    streak_bonus: bool = False


def points_for(rules: ScoringRules, question: Question, *, credit: Fraction, elapsed_ms: int) -> int:
    """Points of one answer given `elapsed_ms` after its question opened (0 ≤ elapsed ≤ time limit).

    speed.v1   round(points × (1 − t/T/2)), full below 0.5 s: the formula that Kahoot publishes
               (support.kahoot.com, "How points work"); halves round up
    flat.v1    points
    linear.v1  round(points × (1 − t/T)): nothing is left at the deadline
    then       × credit, rounded again; for no credit −round(points × penalty / 100). A poll gives nothing.

    T is the question's own time limit: time that the host added gives no more points than the last moment.
    """
    if question.type is QuestionType.POLL:
        return 0
    if credit == 0:
        return -_rounded(Fraction(question.points * rules.penalty_percent, 100))
    return _rounded(full_points(rules.policy, question, elapsed_ms=elapsed_ms) * credit)


def full_points(policy: ScoringPolicy, question: Question, *, elapsed_ms: int) -> int:
    """Points of a wholly right answer."""
    limit = question.time_limit_ms
    elapsed = min(max(elapsed_ms, 0), limit)
    match policy:
        case ScoringPolicy.FLAT_V1:
            return question.points
        case ScoringPolicy.LINEAR_V1:
            return _rounded(Fraction(question.points * (limit - elapsed), limit))
        case ScoringPolicy.SPEED_V1:
            if elapsed < FULL_POINTS_BELOW_MS:
                return question.points
            return _rounded(Fraction(question.points * (2 * limit - elapsed), 2 * limit))


def _rounded(number: Fraction) -> int:
    """The nearest whole number of one that is not negative, halves up, without a float on the way."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
