"""Sessions: in the database for good, in a cache for reading."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.session import Session
from shared.ports.paging import Place


class Sessions(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, session: Session) -> bool:
        """Insert a new session. False when its code is taken by another that has not finished."""

    async def get(self, session_id: str) -> Session | None:
        """From the cache, which may lag behind by a moment; from the database when the cache has none."""

    async def get_current(self, session_id: str) -> Session | None:
        """From the database, and into the cache. Ask it before a refusal that a stale cache could cause."""

    async def find(self, code: str) -> Session | None:
        """The unfinished or newest session with this (folded) code."""

    async def compare_and_set(self, session: Session) -> bool:
        """Store `session` if the stored version is `session.version - 1`; then refresh the cache.

        False when somebody else changed it first.
        """

    async def unfinished(self) -> Sequence[Session]:
        """All sessions that are not finished, at most 10,000, newest first: to restore deadlines."""

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[Session]:
        """A host's own, by `created_at_ms` and `id`, the latest first."""
