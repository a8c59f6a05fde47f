"""Is an answer one that the question can take, and is it right?"""

import unicodedata
from fractions import Fraction

from shared.domain.quiz import CHOICE_TYPES, MAX_TEXT_ANSWER, AnswerValue, Question, QuestionType, decimal_of


def value_problem(question: Question, value: AnswerValue) -> str | None:
    """Why `question` cannot take `value` (expected and got), or None when it can."""
    if question.type not in CHOICE_TYPES:
        return _text_problem(question, value)
    if value.text or not value.choices:
        return "expected choices, got none"
    count = len(question.targets) if question.type is QuestionType.MATCH else len(question.choices)
    if any(not 0 <= index < count for index in value.choices):
        return f"expected choices from 0 to {count - 1}, got {list(value.choices)}"
    if len(set(value.choices)) != len(value.choices):
        return f"expected each choice once, got {list(value.choices)}"
    if question.type in {QuestionType.ORDER, QuestionType.MATCH}:
        complete = len(value.choices) == len(question.choices)
        return None if complete else f"expected all {len(question.choices)} choices, got {len(value.choices)}"
    if question.type in {QuestionType.SINGLE, QuestionType.TRUE_FALSE, QuestionType.POLL}:
        return None if len(value.choices) == 1 else f"expected one choice, got {len(value.choices)}"
    return None


def is_correct(question: Question, value: AnswerValue) -> bool:
    """Whether a value that the question can take is right. A poll has no right answer."""
    match question.type:
        case QuestionType.POLL:
            return False
        case QuestionType.ORDER | QuestionType.MATCH:
            return value.choices == question.correct
        case QuestionType.TEXT:
            return folded_text(value.text) in {folded_text(text) for text in question.accepted}
        case QuestionType.NUMBER:
            return _is_near(question, value.text)
        case QuestionType.SINGLE | QuestionType.MULTIPLE | QuestionType.TRUE_FALSE:
            return set(value.choices) == set(question.correct)


def credit_of(question: Question, value: AnswerValue, *, partial: bool) -> Fraction:
    """How much of the answer is right, from 0 to 1. Without `partial` it is all or nothing.

    multiple      (right ones picked − wrong ones picked) / all right ones, never below 0
    order, match  the share of the items that stand in their right place
    others        all or nothing
    """
    if is_correct(question, value):
        return Fraction(1)
    if not partial:
        return Fraction(0)
    if question.type is QuestionType.MULTIPLE:
        picked, right = set(value.choices), set(question.correct)
        return max(Fraction(0), Fraction(len(picked & right) - len(picked - right), len(right)))
    if question.type in {QuestionType.ORDER, QuestionType.MATCH}:
        placed = sum(given == right for given, right in zip(value.choices, question.correct, strict=True))
        return Fraction(placed, len(question.correct))
    return Fraction(0)


def folded_text(text: str) -> str:
    """What two typed answers must share to be the same.

    Unicode NFKD without combining marks, case folded, runs of white space as one space, ends trimmed: "  Émile
    ZOLA" is "emile zola". Punctuation counts.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def _text_problem(question: Question, value: AnswerValue) -> str | None:
    if value.choices or not value.text.strip():
        return "expected text, got none"
    if len(value.text) > MAX_TEXT_ANSWER:
        return f"expected at most {MAX_TEXT_ANSWER} characters, got {len(value.text)}"
    if question.type is QuestionType.NUMBER and decimal_of(value.text) is None:
        return "expected a number, got text that is none"
    return None


def _is_near(question: Question, text: str) -> bool:
    given, right = decimal_of(text), decimal_of(question.accepted[0])
    tolerance = decimal_of(question.tolerance)
    assert given is not None
    assert right is not None
    assert tolerance is not None
    # Exact: a Decimal difference would round to the 28 digits of the default context.
    return abs(Fraction(given) - Fraction(right)) <= Fraction(tolerance)
