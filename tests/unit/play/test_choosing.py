"""What bots answer."""

import random

import pytest

from knative.local.play.choosing import chosen_value
from shared.domain.marking import is_correct, value_problem
from shared.domain.quiz import Question, QuestionType

QUESTIONS = {
    "single": Question(type=QuestionType.SINGLE, prompt="?", choices=("a", "b", "c"), correct=(1,)),
    "multiple": Question(type=QuestionType.MULTIPLE, prompt="?", choices=("a", "b", "c"), correct=(0, 2)),
    "true_false": Question(type=QuestionType.TRUE_FALSE, prompt="?", choices=("yes", "no"), correct=(0,)),
    "order": Question(type=QuestionType.ORDER, prompt="?", choices=("a", "b", "c"), correct=(2, 0, 1)),
    "text": Question(type=QuestionType.TEXT, prompt="?", accepted=("Ada", "Lovelace")),
    "number": Question(type=QuestionType.NUMBER, prompt="?", accepted=("3.14",), tolerance="0.01"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_choosing_skilled_bot_is_always_right(name: str) -> None:
    """A skill of 1 knows the key of every type."""
    question, rng = QUESTIONS[name], random.Random(3)
    values = [chosen_value(question, rng, skill=1.0) for _ in range(50)]
    assert all(value_problem(question, value) is None for value in values)
    assert all(is_correct(question, value) for value in values)


@pytest.mark.parametrize("name", QUESTIONS)
def test_choosing_clueless_bot_gives_answers_that_the_question_takes(name: str) -> None:
    """A skill of 0 is wrong, at least sometimes, but never malformed."""
    question, rng = QUESTIONS[name], random.Random(3)
    values = [chosen_value(question, rng, skill=0.0) for _ in range(50)]
    assert all(value_problem(question, value) is None for value in values)
    assert not all(is_correct(question, value) for value in values)


def test_choosing_poll_takes_any_choice() -> None:
    """A poll has no key; bots spread over its choices."""
    poll = Question(type=QuestionType.POLL, prompt="?", choices=("a", "b", "c"))
    rng = random.Random(3)
    assert {chosen_value(poll, rng, skill=1.0).choices for _ in range(50)} == {(0,), (1,), (2,)}
