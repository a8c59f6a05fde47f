"""A question as a session shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.marking import is_correct
from shared.domain.quiz import AnswerValue, Question, QuestionType, question_problems
from shared.domain.shuffle import choice_order, shown_question
from tests.unit.domain.asking import question

SHUFFLED = {QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.POLL, QuestionType.ORDER, QuestionType.MATCH}
seeds = st.text(alphabet="0123456789abcdef", min_size=1, max_size=32)


def key_texts(asked: Question) -> object:
    """What is right, in words: the same whatever the order of the choices."""
    match asked.type:
        case QuestionType.ORDER:
            return [asked.choices[index] for index in asked.correct]
        case QuestionType.MATCH:
            return {
                choice: asked.targets[target] for choice, target in zip(asked.choices, asked.correct, strict=True)
            }
        case _:
            return {asked.choices[index] for index in asked.correct}


@given(st.sampled_from(list(QuestionType)), seeds, st.integers(0, 499), st.booleans())
def test_shown_question_asks_the_same_in_another_order(
    type: QuestionType, seed: str, index: int, shuffled: bool
) -> None:
    """Nothing is lost, and what is right stays right."""
    asked = question(type)
    shown = shown_question(asked, index=index, seed=seed, shuffled=shuffled)
    assert sorted(shown.choices) == sorted(asked.choices)
    assert sorted(shown.targets) == sorted(asked.targets)
    assert key_texts(shown) == key_texts(asked)
    assert list(question_problems(shown)) == []


@given(seeds, st.integers(0, 499))
def test_shown_question_is_the_same_for_everybody(seed: str, index: int) -> None:
    """Whoever knows the seed shows, marks and reveals the same order."""
    asked = question(QuestionType.MULTIPLE, choices=tuple("abcdefgh"), correct=(1, 5))
    shown = [shown_question(asked, index=index, seed=seed, shuffled=True) for _ in range(2)]
    assert shown[0] == shown[1]
    order = choice_order(asked, index=index, seed=seed)
    assert shown[0].choices == tuple(asked.choices[original] for original in order)


@given(seeds)
def test_order_question_is_never_shown_solved(seed: str) -> None:
    """Handing in what is shown must not be the right answer."""
    asked = question(QuestionType.ORDER, choices=("a", "b"), correct=(0, 1))
    shown = shown_question(asked, index=0, seed=seed, shuffled=False)
    assert not is_correct(shown, AnswerValue(choices=(0, 1)))


@pytest.mark.parametrize("type", [type for type in QuestionType if type not in SHUFFLED])
def test_questions_without_an_order_to_hide_stay_as_they_are(type: QuestionType) -> None:
    """True comes before false; typed answers have no choices."""
    asked = question(type)
    assert shown_question(asked, index=0, seed="seed", shuffled=True) is asked


def test_choices_are_shuffled_where_the_session_says_so() -> None:
    """Not always in another order, but in many of a hundred sessions."""
    asked = question(choices=tuple("abcdef"), correct=(0,))
    orders = {shown_question(asked, index=0, seed=f"{n}", shuffled=True).choices for n in range(100)}
    assert len(orders) > 50
    assert shown_question(asked, index=0, seed="1", shuffled=False) is asked
