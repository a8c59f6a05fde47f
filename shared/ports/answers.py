"""Accepted answers: insert-only; one per player and question, or several where a session lets them be changed."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.player import Answer


class Answers(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, answer: Answer, *, changeable: bool = False) -> Answer:
        """Insert, majority-acknowledged, and return what is stored: an earlier answer wins, unchanged.

        `changeable`: only one of the same id does; another is stored beside it.
        """

    async def given(self, session_id: str, question: int, player_id: str) -> Sequence[Answer]:
        """The player's accepted answers to a question, in the order in which they came: the last one counts."""

    async def all(self, session_id: str) -> Sequence[Answer]: ...

    async def of_question(self, session_id: str, question: int) -> Sequence[Answer]:
        """In no order."""
