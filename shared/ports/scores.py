"""Scored answers: insert-only, one per player and question. The leaderboard's source of truth."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.ranking import Result


class Scores(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, session_id: str, result: Result) -> Result:
        """Insert, majority-acknowledged, and return what is stored: an earlier score wins, unchanged."""

    async def all(self, session_id: str) -> Sequence[Result]: ...

    async def count(self, session_id: str) -> int: ...
