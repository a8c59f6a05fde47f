"""A question as one session shows it: its choices in an order of that session's own.

The order follows from a secret seed of the session, so every part that knows the seed shows, marks and explains
the same one, and no player can undo it. Answers hold indexes of the *shown* choices.
"""

import hashlib
from dataclasses import replace

from shared.domain.quiz import Question, QuestionType

# Written in their right order, or pair by pair: shown like that they would give the answer away.
_ALWAYS_SHUFFLED = frozenset({QuestionType.ORDER, QuestionType.MATCH})
# "True" stands first everywhere; typed answers have nothing to shuffle.
_NEVER_SHUFFLED = frozenset({QuestionType.TRUE_FALSE, QuestionType.TEXT, QuestionType.NUMBER})


def shown_question(question: Question, *, index: int, seed: str, shuffled: bool) -> Question:
    """`question` (number `index` of its quiz) with its choices and targets in the session's order.

    `shuffled` is the session's setting; order and match questions are shuffled all the same. Without a seed (a
    session older than seeds) nothing is.
    """
    if not seed or question.type in _NEVER_SHUFFLED or not (shuffled or question.type in _ALWAYS_SHUFFLED):
        return question
    choices = choice_order(question, index=index, seed=seed)
    if question.type is QuestionType.MATCH:
        return _shown_match(question, choices, _permutation(len(question.targets), f"{seed}/{index}/targets"))
    place = {original: shown for shown, original in enumerate(choices)}
    correct = tuple(place[original] for original in question.correct)
    return replace(
        question,
        choices=tuple(question.choices[original] for original in choices),
        correct=correct if question.type is QuestionType.ORDER else tuple(sorted(correct)),
    )


def choice_order(question: Question, *, index: int, seed: str) -> tuple[int, ...]:
    """Which of the author's choices stands at each shown place."""
    order = _permutation(len(question.choices), f"{seed}/{index}/choices")
    # An order question must not be shown solved.
    if question.type is QuestionType.ORDER and order == question.correct:
        return (*order[1:], order[0])
    return order


def _shown_match(question: Question, choices: tuple[int, ...], targets: tuple[int, ...]) -> Question:
    place = {original: shown for shown, original in enumerate(targets)}
    return replace(
        question,
        choices=tuple(question.choices[original] for original in choices),
        targets=tuple(question.targets[original] for original in targets),
        correct=tuple(place[question.correct[original]] for original in choices),
    )


def _permutation(count: int, seed: str) -> tuple[int, ...]:
    """0 to count − 1 in the order of their SHA-256 with the seed: the same on every machine and version."""
    return tuple(sorted(range(count), key=lambda item: hashlib.sha256(f"{seed}/{item}".encode()).digest()))
