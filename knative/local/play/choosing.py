"""What a bot answers: right as often as its skill, else something that the question can take but that is wrong."""

import random
from dataclasses import replace
from decimal import Decimal

from shared.domain.quiz import AnswerValue, Question, QuestionType, decimal_of
from shared.events.payloads import QuestionView

WRONG_TEXT = "no idea"


def chosen_value(question: Question, rng: random.Random, *, skill: float) -> AnswerValue:
    """A value for `question`; `skill` is the chance that it is right, from 0 to 1."""
    knows = rng.random() < skill
    match question.type:
        case QuestionType.TEXT:
            return AnswerValue(text=rng.choice(question.accepted) if knows else WRONG_TEXT)
        case QuestionType.NUMBER:
            return AnswerValue(text=question.accepted[0] if knows else _wrong_number(question))
        case QuestionType.POLL:
            return AnswerValue(choices=(rng.randrange(len(question.choices)),))
        case _:
            return AnswerValue(choices=question.correct if knows else _wrong_choices(question, rng))


def as_shown(question: Question, view: QuestionView) -> Question:
    """The question with its key in the order in which the session shows its choices."""
    shown = replace(question, choices=view.choices, targets=view.targets)
    if question.type is QuestionType.MATCH:
        target = dict(zip(question.choices, (question.targets[i] for i in question.correct), strict=True))
        return replace(shown, correct=tuple(view.targets.index(target[choice]) for choice in view.choices))
    correct = (view.choices.index(question.choices[index]) for index in question.correct)
    return replace(shown, correct=tuple(correct))


def _wrong_choices(question: Question, rng: random.Random) -> tuple[int, ...]:
    """Mostly wrong: a shuffled order can be the right one."""
    indexes = range(len(question.choices))
    match question.type:
        case QuestionType.ORDER:
            return tuple(rng.sample(indexes, len(indexes)))
        case QuestionType.MATCH:
            return tuple(rng.sample(range(len(question.targets)), len(indexes)))
        case QuestionType.MULTIPLE:
            return tuple(sorted(rng.sample(indexes, rng.randint(1, len(indexes)))))
        case _:
            wrong = [index for index in indexes if index not in question.correct]
            return (rng.choice(wrong or list(indexes)),)


def _wrong_number(question: Question) -> str:
    right, tolerance = decimal_of(question.accepted[0]), decimal_of(question.tolerance)
    assert right is not None
    assert tolerance is not None
    return str(right + tolerance + Decimal(1))
