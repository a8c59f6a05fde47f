"""Scored answers: insert-only, one per accepted answer. The leaderboard's source of truth."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.ranking import Result


class Scores(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, session_id: str, result: Result, *, changeable: bool = False) -> Result:
        """Insert, majority-acknowledged, and return what is stored: an earlier score wins, unchanged.

        `changeable`: only one of the same answer does; another is stored beside it.
        """

    async def all(self, session_id: str) -> Sequence[Result]: ...

    async def of_question(self, session_id: str, question: int) -> Sequence[Result]:
        """In no order."""

    async def count(self, session_id: str, *, since: int = 0, before: int | None = None) -> int:
        """How many there are of the questions from `since` on, up to `before`, which is left out."""
