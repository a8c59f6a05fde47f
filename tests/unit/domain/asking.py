"""Questions and sessions for the domain's tests, valid unless a test changes something."""

from typing import Any

from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Session
from shared.domain.settings import Settings

PARTS: dict[QuestionType, dict[str, Any]] = {
    QuestionType.SINGLE: {"choices": ("a", "b", "c"), "correct": (1,)},
    QuestionType.MULTIPLE: {"choices": ("a", "b", "c"), "correct": (0, 2)},
    QuestionType.TRUE_FALSE: {"choices": ("True", "False"), "correct": (0,)},
    QuestionType.TEXT: {"accepted": ("Ada", "Ada Lovelace")},
    QuestionType.NUMBER: {"accepted": ("3.5",), "tolerance": "0.5"},
    QuestionType.ORDER: {"choices": ("a", "b", "c"), "correct": (2, 0, 1)},
    QuestionType.MATCH: {"choices": ("a", "b"), "targets": ("A", "B", "C"), "correct": (0, 1)},
    QuestionType.POLL: {"choices": ("a", "b")},
}


def question(type: QuestionType = QuestionType.SINGLE, **changes: Any) -> Question:
    """A question of that type that can be asked, but for the changes."""
    return Question(**{"type": type, "prompt": "Which?"} | PARTS[type] | changes)


def session(*time_limits_ms: int, settings: Settings | None = None, **changes: Any) -> Session:
    """A session in its lobby."""
    fixed: dict[str, Any] = {"id": "s", "code": "ABC234", "quiz_id": "q", "quiz_version": 1, "created_at_ms": 0}
    limits = time_limits_ms or (20_000, 10_000)
    return Session(**fixed | {"time_limits_ms": limits, "settings": settings or Settings()} | changes)
