"""Quizzes as hosts write them: immutable once published, versioned.

One Question type with optional keys, not a class per type: a question bank, a database document and an event
all carry it as one flat object, and `problems` says which keys belong to which type.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from shared.domain import reasons
from shared.domain.reasons import LocatedReason, Reason

MAX_TITLE = 200
MAX_PROMPT = 500
MAX_CHOICES = 10
MAX_CHOICE = 200
MAX_TEXT_ANSWER = 200
MAX_ACCEPTED = 100
MAX_IMAGE_URL = 2_000
# A number's first digit stands at most this many places from the decimal point: exact arithmetic stays cheap.
MAX_EXPONENT = 100
MIN_TIME_LIMIT_MS = 1_000
MAX_TIME_LIMIT_MS = 600_000
MAX_POINTS = 10_000
# 500 questions × 10,000 points and × 600 s each fit the packed score of ranking.py.
MAX_QUESTIONS = 500


class QuestionType(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    TEXT = "text"
    NUMBER = "number"
    ORDER = "order"
    MATCH = "match"
    POLL = "poll"


CHOICE_TYPES = frozenset(
    {
        QuestionType.SINGLE,
        QuestionType.MULTIPLE,
        QuestionType.TRUE_FALSE,
        QuestionType.ORDER,
        QuestionType.MATCH,
        QuestionType.POLL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    `choices`: what is shown, for single, multiple, true_false, order, match and poll.
    `targets`: for match, what the choices are matched with; more of them than choices are decoys.
    `correct`: indexes into `choices`; for order, the right order of all of them; for poll, none; for match, the
        index into `targets` that belongs to each choice.
    `accepted`: for text, the variants that count; for number, the one right number as a decimal.
    `tolerance`: for number, how far off still counts, as a decimal.
    """

    type: QuestionType
    prompt: str
    choices: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    tolerance: str = "0"
    time_limit_ms: int = 20_000
    points: int = 1_000
    image_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A published quiz. `id` and `version` name it for ever; `request_id` is the request that published it."""

    id: str
    version: int
    title: str
    questions: tuple[Question, ...]
    request_id: str = ""
    published_at_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerValue:
    """What a player answered: indexes of choices (in order, for order; of each choice's target, for match), or
    text (a decimal, for number). Indexes are of the choices as the session shows them (shuffle.py).
    """

    choices: tuple[int, ...] = ()
    text: str = ""


def decimal_of(text: str) -> Decimal | None:
    """The decimal that `text` writes, or None. A comma is taken for the decimal point.

    Bounded in length and in exponent: "1e9999999" is a finite Decimal, but no arithmetic can hold it.
    """
    if len(text) > MAX_TEXT_ANSWER:
        return None
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= MAX_EXPONENT else None


def quiz_problems(title: str, questions: tuple[Question, ...]) -> list[str]:
    """Every reason why this cannot be published, each naming its question by number from 1."""
    return [str(problem) for problem in located_problems(title, questions)]


def located_problems(title: str, questions: tuple[Question, ...]) -> Iterator[LocatedReason]:
    """Every reason why this cannot be published, with its place."""
    for reason in _whole_problems(title, questions):
        yield LocatedReason(question=None, reason=reason)
    for index, question in enumerate(questions):
        for reason in question_problems(question):
            yield LocatedReason(question=index, reason=reason)


def _whole_problems(title: str, questions: tuple[Question, ...]) -> Iterator[Reason]:
    if not title.strip():
        yield reasons.TITLE_EMPTY()
    if len(title) > MAX_TITLE:
        yield reasons.TITLE_LONG(most=MAX_TITLE, got=len(title))
    if not 1 <= len(questions) <= MAX_QUESTIONS:
        yield reasons.QUESTION_COUNT(most=MAX_QUESTIONS, got=len(questions))


def question_problems(question: Question) -> Iterator[Reason]:
    """Every reason why `question` cannot be asked; none when it can."""
    yield from _common_problems(question)
    yield from _target_problems(question)
    if question.type in CHOICE_TYPES:
        yield from _choice_problems(question)
    elif question.type is QuestionType.TEXT:
        yield from _text_problems(question)
    else:
        yield from _number_problems(question)


def _common_problems(question: Question) -> Iterator[Reason]:
    if not question.prompt.strip():
        yield reasons.PROMPT_EMPTY()
    if len(question.prompt) > MAX_PROMPT:
        yield reasons.PROMPT_LONG(most=MAX_PROMPT, got=len(question.prompt))
    if not MIN_TIME_LIMIT_MS <= question.time_limit_ms <= MAX_TIME_LIMIT_MS:
        yield reasons.TIME_LIMIT(least=MIN_TIME_LIMIT_MS, most=MAX_TIME_LIMIT_MS, got=question.time_limit_ms)
    if not 0 <= question.points <= MAX_POINTS:
        yield reasons.POINTS(most=MAX_POINTS, got=question.points)
    if len(question.image_url) > MAX_IMAGE_URL:
        yield reasons.IMAGE_URL_LONG(most=MAX_IMAGE_URL, got=len(question.image_url))
    if question.image_url and not question.image_url.startswith(("https://", "http://", "/")):
        yield reasons.IMAGE_URL()


def _choice_problems(question: Question) -> Iterator[Reason]:
    count = len(question.choices)
    if question.type is QuestionType.TRUE_FALSE:
        if count != 2:
            yield reasons.CHOICE_COUNT_EXACT(expected=2, type=question.type, got=count)
    elif not 2 <= count <= MAX_CHOICES:
        yield reasons.CHOICE_COUNT(least=2, most=MAX_CHOICES, type=question.type, got=count)
    if any(not choice.strip() or len(choice) > MAX_CHOICE for choice in question.choices):
        yield reasons.CHOICE_LENGTH(most=MAX_CHOICE)
    indexed = len(question.targets) if question.type is QuestionType.MATCH else count
    if any(not 0 <= index < indexed for index in question.correct):
        yield reasons.CORRECT_RANGE(most=indexed - 1, got=str(list(question.correct)))
    if len(set(question.correct)) != len(question.correct):
        yield reasons.CORRECT_REPEATED(got=str(list(question.correct)))
    least, most_correct = {
        QuestionType.SINGLE: (1, 1),
        QuestionType.TRUE_FALSE: (1, 1),
        QuestionType.MULTIPLE: (1, count),
        QuestionType.ORDER: (count, count),
        QuestionType.MATCH: (count, count),
        QuestionType.POLL: (0, 0),
    }[question.type]
    got = len(question.correct)
    if not least <= got <= most_correct:
        if least == most_correct:
            yield reasons.CORRECT_COUNT_EXACT(expected=least, type=question.type, got=got)
        else:
            yield reasons.CORRECT_COUNT(least=least, most=most_correct, type=question.type, got=got)


def _target_problems(question: Question) -> Iterator[Reason]:
    if question.type is not QuestionType.MATCH:
        if question.targets:
            yield reasons.TARGETS_UNASKED(got=len(question.targets), type=question.type)
        return
    if not len(question.choices) <= len(question.targets) <= MAX_CHOICES:
        yield reasons.TARGET_COUNT(least=len(question.choices), most=MAX_CHOICES, got=len(question.targets))
    if any(not target.strip() or len(target) > MAX_CHOICE for target in question.targets):
        yield reasons.TARGET_LENGTH(most=MAX_CHOICE)


def _text_problems(question: Question) -> Iterator[Reason]:
    count = len(question.accepted)
    if not 1 <= count <= MAX_ACCEPTED:
        yield reasons.ACCEPTED_COUNT(most=MAX_ACCEPTED, got=count)
    if not all(text.strip() for text in question.accepted):
        yield reasons.ACCEPTED_EMPTY()
    if any(len(text) > MAX_TEXT_ANSWER for text in question.accepted):
        yield reasons.ACCEPTED_LONG(most=MAX_TEXT_ANSWER)


def _number_problems(question: Question) -> Iterator[Reason]:
    if len(question.accepted) != 1 or decimal_of(question.accepted[0]) is None:
        yield reasons.ACCEPTED_NUMBER(got=str(list(question.accepted)))
    tolerance = decimal_of(question.tolerance)
    if tolerance is None or tolerance < 0:
        yield reasons.TOLERANCE(got=repr(question.tolerance))
