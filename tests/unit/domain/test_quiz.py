"""What can be published and what cannot, with the reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.quiz import MAX_QUESTIONS, Question, QuestionType, decimal_of, question_problems, quiz_problems
from tests.unit.domain.asking import question

Q = QuestionType


@pytest.mark.parametrize("type", list(QuestionType))
def test_question_of_every_type_can_be_asked(type: QuestionType) -> None:
    """A well-formed question has no problems."""
    assert list(question_problems(question(type))) == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (question(prompt=" "), "expected a prompt, got an empty one"),
        (question(prompt="x" * 501), "expected a prompt of at most 500 characters, got 501"),
        (question(time_limit_ms=999), "expected a time limit of 1000 to 600000 ms, got 999"),
        (question(time_limit_ms=600_001), "expected a time limit of 1000 to 600000 ms, got 600001"),
        (question(points=-1), "expected 0 to 10000 points, got -1"),
        (question(points=10_001), "expected 0 to 10000 points, got 10001"),
        (question(image_url="javascript:x"), "expected an image address that starts with https://, http:// or /"),
        (question(image_url="/" * 2_001), "expected an image address of at most 2000 characters, got 2001"),
        (question(choices=("a",), correct=(0,)), "expected 2 to 10 choices for type single, got 1"),
        (question(choices=("a",) * 11), "expected 2 to 10 choices for type single, got 11"),
        (question(choices=("a", " ")), "expected choices of 1 to 200 characters"),
        (question(choices=("a", "x" * 201)), "expected choices of 1 to 200 characters"),
        (question(correct=(3,)), "expected correct choices from 0 to 2, got [3]"),
        (question(correct=(-1,)), "expected correct choices from 0 to 2, got [-1]"),
        (question(correct=(0, 1)), "expected 1 correct for type single, got 2"),
        (question(correct=()), "expected 1 correct for type single, got 0"),
        (question(Q.TRUE_FALSE, choices=("a", "b", "c")), "expected 2 choices for type true_false, got 3"),
        (question(Q.MULTIPLE, correct=()), "expected 1 to 3 correct for type multiple, got 0"),
        (question(Q.MULTIPLE, correct=(0, 0)), "expected each correct choice once, got [0, 0]"),
        (question(Q.ORDER, correct=(0, 1)), "expected 3 correct for type order, got 2"),
        (question(Q.POLL, correct=(0,)), "expected 0 correct for type poll, got 1"),
        (question(Q.TEXT, accepted=()), "expected 1 to 100 accepted answers, got 0"),
        (question(Q.TEXT, accepted=("a",) * 101), "expected 1 to 100 accepted answers, got 101"),
        (question(Q.TEXT, accepted=("a", "")), "expected accepted answers that are not empty"),
        (question(Q.TEXT, accepted=("x" * 201,)), "expected accepted answers of at most 200 characters"),
        (question(Q.NUMBER, accepted=("three",)), "expected one accepted number, got ['three']"),
        (question(Q.NUMBER, accepted=("1", "2")), "expected one accepted number, got ['1', '2']"),
        (question(Q.NUMBER, tolerance="-1"), "expected a tolerance of 0 or more, got '-1'"),
        (question(Q.NUMBER, tolerance="a bit"), "expected a tolerance of 0 or more, got 'a bit'"),
    ],
)
def test_question_that_cannot_be_asked_says_expected_and_got(broken: Question, reason: str) -> None:
    """Each rule that a question breaks is named."""
    assert list(question_problems(broken)) == [reason]


def test_quiz_problems_name_the_question_by_number() -> None:
    """A quiz is published whole or not at all: every problem of every question is told."""
    questions = (question(), question(prompt=""), question(points=-1))
    assert quiz_problems("T", questions) == [
        "question 2: expected a prompt, got an empty one",
        "question 3: expected 0 to 10000 points, got -1",
    ]


@pytest.mark.parametrize(
    ("title", "count", "reason"),
    [
        ("  ", 1, "expected a title, got an empty one"),
        ("x" * 201, 1, "expected a title of at most 200 characters, got 201"),
        ("T", 0, "expected 1 to 500 questions, got 0"),
        ("T", MAX_QUESTIONS + 1, "expected 1 to 500 questions, got 501"),
    ],
)
def test_quiz_outside_its_bounds_is_named(title: str, count: int, reason: str) -> None:
    """A quiz has a title and a bounded number of questions."""
    assert quiz_problems(title, (question(),) * count) == [reason]


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", "3"), (" -3.50 ", "-3.5"), ("3,14", "3.14"), ("1e3", "1000"), ("+.5", "0.5"), ("٣", "3")],
)
def test_decimal_of_what_people_type_is_a_number(text: str, number: str) -> None:
    """Signs, exponents, outer space and a decimal comma are understood."""
    assert decimal_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "three", "1.2.3", "NaN", "Infinity", "1e101", "1e-101", "1e9999999", "1" * 201]
)
def test_decimal_of_what_is_no_usable_number_is_none(text: str) -> None:
    """What no arithmetic can hold is no number, though Decimal would take it."""
    assert decimal_of(text) is None


@given(st.text(alphabet="0123456789+-.,eEnaifty_ ", max_size=30))
def test_decimal_of_any_text_is_finite_and_bounded(text: str) -> None:
    """Whatever is typed gives none, or a number that can be reckoned with."""
    number = decimal_of(text)
    assert number is None or (number.is_finite() and abs(number.adjusted()) <= 100)
