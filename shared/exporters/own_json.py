"""Quizline's own JSON: every key of a question that is not its default."""

from collections.abc import Sequence
from typing import Any

import msgspec

from shared.domain.quiz import Question


def write(title: str, questions: Sequence[Question]) -> bytes:
    """Indented, for people to edit."""
    quiz = {"title": title, "questions": [plain_question(question) for question in questions]}
    return msgspec.json.format(msgspec.json.encode(quiz), indent=2) + b"\n"


def plain_question(question: Question) -> dict[str, Any]:
    """The question as JSON's types, without what is default: a quiz file's and the API's form."""
    plain: dict[str, Any] = msgspec.to_builtins(question)
    default = msgspec.to_builtins(Question(type=question.type, prompt=""))
    return {key: value for key, value in plain.items() if key in {"type", "prompt"} or value != default[key]}
