"""Accepted answers: insert-only, one per player and question."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.player import Answer


class Answers(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, answer: Answer) -> Answer:
        """Insert, majority-acknowledged, and return what is stored: an earlier answer wins, unchanged."""

    async def get(self, session_id: str, question: int, player_id: str) -> Answer | None: ...

    async def all(self, session_id: str) -> Sequence[Answer]: ...
