"""Drafts of quizzes, each its owner's own: two hosts' drafts never meet, whatever their ids."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.library import Draft, DraftSummary
from shared.ports.paging import Place


class Drafts(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def save(self, draft: Draft) -> bool:
        """Store it if the stored revision is `draft.revision - 1` (0: there is none yet).

        True also when this very content stands under this revision: a save repeated. What was published of the
        draft (`note_published`) stays as it is.
        """

    async def get(self, owner_id: str, draft_id: str) -> Draft | None: ...

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[DraftSummary]:
        """By `saved_at_ms` and `id`, the latest first."""

    async def count(self, owner_id: str) -> int: ...

    async def note_published(self, owner_id: str, draft_id: str, *, revision: int, version: int) -> None:
        """Revision `revision` was published as `version`; nothing changes when a later revision was already."""

    async def delete(self, owner_id: str, draft_id: str) -> None:
        """Nothing happens when it is not there."""
