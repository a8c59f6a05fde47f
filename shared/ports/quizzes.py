"""Published quizzes: immutable, so every reader may keep them."""

from typing import Protocol

from shared.domain.quiz import Quiz


class Quizzes(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, quiz: Quiz) -> None:
        """Publish. The same id and version again changes nothing."""

    async def get(self, quiz_id: str, version: int) -> Quiz | None: ...

    async def get_latest(self, quiz_id: str) -> Quiz | None: ...
