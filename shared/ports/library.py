"""Hosts' libraries: what each sees of the quizzes it has published."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.library import LibraryEntry
from shared.ports.paging import Place


class Library(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def put(self, entry: LibraryEntry) -> None:
        """Store it unless the quiz's entry is of the same version or a newer one."""

    async def get(self, quiz_id: str) -> LibraryEntry | None:
        """Hidden ones too."""

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[LibraryEntry]:
        """By `published_at_ms` and `quiz_id`, the latest first, without the hidden ones."""

    async def count(self, owner_id: str) -> int:
        """How many of_owner has."""

    async def hide(self, quiz_id: str) -> None:
        """Out of the library. Nothing happens when it is not there."""
