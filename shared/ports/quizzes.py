"""Published quizzes: immutable, so every reader may keep them."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.library import QuizSummary
from shared.domain.quiz import Quiz


class Quizzes(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, quiz: Quiz) -> bool:
        """Publish. False, and nothing changes, when the id has this version already."""

    async def get(self, quiz_id: str, version: int) -> Quiz | None: ...

    async def get_latest(self, quiz_id: str) -> Quiz | None: ...

    async def versions(self, quiz_id: str) -> Sequence[QuizSummary]:
        """All of them, the highest first."""
