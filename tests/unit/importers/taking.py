"""Shorthand of the importers' tests."""

from pathlib import Path

from shared.domain.quiz import Question
from shared.importers.imported import Imported
from shared.importers.registry import import_questions

BANKS = Path(__file__).parent / "banks"


def take(text: str, *, name: str = "bank.gift") -> Imported:
    """Import text as a file of that name."""
    return import_questions(text.encode(), name=name)


def only_question(text: str) -> Question:
    """The one question of a GIFT text that has no problem."""
    found = take(text)
    assert found.problems == ()
    (question,) = found.questions
    return question


def problems(text: str, *, name: str = "bank.gift") -> list[tuple[int, int | None, str]]:
    """Line, column and message of each problem."""
    return [(problem.line, problem.column, problem.message) for problem in take(text, name=name).problems]
