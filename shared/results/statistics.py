"""How one question went: who answered, how many were right, how fast, and what was answered how often."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from shared.domain.marking import folded_text, is_correct
from shared.domain.player import Answer
from shared.domain.quiz import AnswerValue, Question, QuestionType, decimal_of
from shared.results.authored import AuthoredQuestion
from shared.results.words import answer_words

TOP_ANSWERS = 10
# Those whose answers are counted choice by choice.
BY_CHOICE = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.TRUE_FALSE, QuestionType.POLL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the distribution. `correct` is None for a poll."""

    answer: str
    count: int
    correct: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionStatistics:
    """`index` is from 0. `share_correct` (the question's difficulty) is of those who answered; it, `correct` and
    `median_ms` are None where there is nothing to count.

    `distribution`: for choices to pick from, each of them in the author's order (with several picks per player,
    counts add up to more than `answered`); else the most frequent answers, alike as marking.py folds them, with
    `other_answers` for the rest.
    """

    index: int
    type: QuestionType
    prompt: str
    players: int
    answered: int
    not_answered: int
    correct: int | None
    share_correct: float | None
    median_ms: int | None
    distribution: tuple[Bar, ...]
    other_answers: int = 0


def question_statistics(asked: AuthoredQuestion, answers: Sequence[Answer], *, players: int) -> QuestionStatistics:
    """Of the answers that count, one per player, as the session stored them, among `players`."""
    question = asked.question
    values = [asked.value(answer.value) for answer in answers]
    is_poll = question.type is QuestionType.POLL
    correct = None if is_poll else sum(is_correct(question, value) for value in values)
    bars, others = _distribution(question, values)
    return QuestionStatistics(
        index=asked.index,
        type=question.type,
        prompt=question.prompt,
        players=players,
        answered=len(values),
        not_answered=max(0, players - len(values)),
        correct=correct,
        share_correct=correct / len(values) if values and correct is not None else None,
        median_ms=round(median(answer.elapsed_ms for answer in answers)) if answers else None,
        distribution=bars,
        other_answers=others,
    )


def _distribution(question: Question, values: Sequence[AnswerValue]) -> tuple[tuple[Bar, ...], int]:
    match question.type:
        case QuestionType.TEXT:
            return _most_frequent(question, values, alike=lambda value: folded_text(value.text))
        case QuestionType.NUMBER:
            return _most_frequent(question, values, alike=_number)
        case QuestionType.ORDER | QuestionType.MATCH:
            return _most_frequent(question, values, alike=lambda value: value.choices)
        case _:
            return _by_choice(question, values), 0


def _by_choice(question: Question, values: Sequence[AnswerValue]) -> tuple[Bar, ...]:
    picks = Counter(index for value in values for index in value.choices)
    is_poll = question.type is QuestionType.POLL
    return tuple(
        Bar(answer=choice, count=picks[index], correct=None if is_poll else index in question.correct)
        for index, choice in enumerate(question.choices)
    )


def _most_frequent(
    question: Question, values: Sequence[AnswerValue], *, alike: Callable[[AnswerValue], object]
) -> tuple[tuple[Bar, ...], int]:
    """Each as it was written first; of equally frequent ones, the earlier first."""
    first: dict[object, AnswerValue] = {}
    counts: Counter[object] = Counter()
    for value in values:
        key = alike(value)
        first.setdefault(key, value)
        counts[key] += 1
    top = counts.most_common(TOP_ANSWERS)
    bars = tuple(
        Bar(
            answer=answer_words(question, first[key]).strip(),
            count=count,
            correct=is_correct(question, first[key]),
        )
        for key, count in top
    )
    return bars, len(values) - sum(count for _, count in top)


def _number(value: AnswerValue) -> object:
    number = decimal_of(value.text)
    return value.text if number is None else Fraction(number)
