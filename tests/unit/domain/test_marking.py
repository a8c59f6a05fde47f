"""Which answers a question can take, and which of them are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.marking import folded_text, is_correct, value_problem
from shared.domain.quiz import AnswerValue, QuestionType
from tests.unit.domain.asking import question

Q = QuestionType


@pytest.mark.parametrize(
    ("type", "value", "right"),
    [
        (Q.SINGLE, AnswerValue(choices=(1,)), True),
        (Q.SINGLE, AnswerValue(choices=(0,)), False),
        (Q.TRUE_FALSE, AnswerValue(choices=(0,)), True),
        (Q.MULTIPLE, AnswerValue(choices=(2, 0)), True),
        (Q.MULTIPLE, AnswerValue(choices=(0,)), False),
        (Q.MULTIPLE, AnswerValue(choices=(0, 1, 2)), False),
        (Q.ORDER, AnswerValue(choices=(2, 0, 1)), True),
        (Q.ORDER, AnswerValue(choices=(0, 1, 2)), False),
        (Q.POLL, AnswerValue(choices=(0,)), False),
        (Q.TEXT, AnswerValue(text=" ada  LOVELACE "), True),
        (Q.TEXT, AnswerValue(text="Lovelace"), False),
        (Q.NUMBER, AnswerValue(text="3.5"), True),
        (Q.NUMBER, AnswerValue(text="4"), True),
        (Q.NUMBER, AnswerValue(text="3,0"), True),
        (Q.NUMBER, AnswerValue(text="4.0000000000000000000000000000000001"), False),
    ],
)
def test_answer_that_can_be_taken_is_right_or_wrong(type: QuestionType, value: AnswerValue, right: bool) -> None:
    """Sets for choices, sequences for orders, folding for text, a closed range for numbers."""
    assert value_problem(question(type), value) is None
    assert is_correct(question(type), value) is right


@pytest.mark.parametrize(
    ("type", "value", "reason"),
    [
        (Q.SINGLE, AnswerValue(), "expected choices, got none"),
        (Q.SINGLE, AnswerValue(text="b"), "expected choices, got none"),
        (Q.SINGLE, AnswerValue(choices=(1,), text="b"), "expected choices, got none"),
        (Q.SINGLE, AnswerValue(choices=(3,)), "expected choices from 0 to 2, got [3]"),
        (Q.SINGLE, AnswerValue(choices=(-1,)), "expected choices from 0 to 2, got [-1]"),
        (Q.SINGLE, AnswerValue(choices=(0, 1)), "expected one choice, got 2"),
        (Q.POLL, AnswerValue(choices=(0, 1)), "expected one choice, got 2"),
        (Q.MULTIPLE, AnswerValue(choices=(0, 0)), "expected each choice once, got [0, 0]"),
        (Q.ORDER, AnswerValue(choices=(0, 1)), "expected all 3 choices, got 2"),
        (Q.TEXT, AnswerValue(text="  "), "expected text, got none"),
        (Q.TEXT, AnswerValue(choices=(0,), text="Ada"), "expected text, got none"),
        (Q.TEXT, AnswerValue(text="x" * 201), "expected at most 200 characters, got 201"),
        (Q.NUMBER, AnswerValue(text="three"), "expected a number, got text that is none"),
        (Q.NUMBER, AnswerValue(text="1e9999999"), "expected a number, got text that is none"),
    ],
)
def test_answer_that_cannot_be_taken_says_expected_and_got(
    type: QuestionType, value: AnswerValue, reason: str
) -> None:
    """An answer of the wrong shape is refused with the reason, and the answer itself is not repeated in it."""
    assert value_problem(question(type), value) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  Émile   ZOLA ", "emile zola"),
        ("Straße", "STRASSE"),
        ("ﬁn", "fin"),
        ("Ⅷ", "viii"),
        ("naïve\tcafé", "Naive cafe\u0301"),
        ("one\u00a0two", "one two"),
    ],
)
def test_folded_text_sees_no_difference_of_case_accents_and_space(one: str, other: str) -> None:
    """Two texts that a person would call the same answer fold to the same."""
    assert folded_text(one) == folded_text(other)


def test_folded_text_sees_punctuation() -> None:
    """What is written otherwise is another answer."""
    assert folded_text("C++") != folded_text("C")


@given(st.text())
def test_folded_text_folded_again_is_the_same(text: str) -> None:
    """Folding is idempotent, so that it does not matter who folds."""
    assert folded_text(folded_text(text)) == folded_text(text)


@given(
    right=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6),
    off=st.integers(0, 10**9),
    tolerance=st.integers(0, 10**9),
    sign=st.sampled_from([-1, 1]),
)
def test_number_counts_exactly_within_its_tolerance(right: object, off: int, tolerance: int, sign: int) -> None:
    """The range is closed on both sides and exact, whatever the size of the numbers."""
    asked = question(Q.NUMBER, accepted=(f"{right:f}",), tolerance=str(tolerance))
    given_number = right + sign * off  # type: ignore[operator]  # exact: 26 digits fit the context's 28
    assert is_correct(asked, AnswerValue(text=f"{given_number:f}")) is (off <= tolerance)


@given(value=st.builds(AnswerValue, choices=st.lists(st.integers(-2, 12)).map(tuple), text=st.text()))
@pytest.mark.parametrize("type", list(QuestionType))
def test_any_answer_is_refused_or_marked(type: QuestionType, value: AnswerValue) -> None:
    """No answer, however odd, makes marking raise: redelivery would raise again, for ever."""
    if value_problem(question(type), value) is None:
        assert is_correct(question(type), value) in {True, False}
