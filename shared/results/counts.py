"""How a closed question went, for everybody in the room: numbers, and nothing that anybody typed."""

from msgspec import Struct

from shared.results.authored import AuthoredQuestion
from shared.results.statistics import BY_CHOICE, QuestionStatistics


class AnswerCounts(Struct, frozen=True, kw_only=True):
    """`index` is from 0. `picked`: how often each choice was, in the order in which the session shows them; empty
    where answers are typed, arranged or paired. With several picks a player it adds up to more than `answered`.
    `correct`: how many players had it right, null for a poll.
    """

    index: int
    answered: int
    correct: int | None
    picked: tuple[int, ...]


def answer_counts(asked: AuthoredQuestion, statistics: QuestionStatistics) -> AnswerCounts:
    """What of `statistics` is for the room."""
    bars = statistics.distribution
    by_choice = asked.question.type in BY_CHOICE
    return AnswerCounts(
        index=asked.index,
        answered=statistics.answered,
        correct=statistics.correct,
        picked=tuple(bars[authored].count for authored in asked.choices) if by_choice else (),
    )
