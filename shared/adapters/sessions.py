"""Sessions as the ports know them: the database decides, the cache answers."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.session import Session
from shared.ports.paging import Place


class SessionStore(Protocol):
    """The database half."""

    async def add(self, session: Session) -> bool: ...
    async def get(self, session_id: str) -> Session | None: ...
    async def find(self, code: str) -> Session | None: ...
    async def compare_and_set(self, session: Session) -> bool: ...
    async def unfinished(self) -> Sequence[Session]: ...
    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[Session]: ...


class SessionCache(Protocol):
    """The cache half. A put never replaces a newer version."""

    async def put(self, session: Session) -> None: ...
    async def get(self, session_id: str) -> Session | None: ...


class CachedSessions:
    """Implements shared.ports.sessions.Sessions."""

    def __init__(self, store: SessionStore, cache: SessionCache) -> None:
        self._store = store
        self._cache = cache

    async def add(self, session: Session) -> bool:
        return await self._store.add(session)

    async def get(self, session_id: str) -> Session | None:
        cached = await self._cache.get(session_id)
        return cached if cached is not None else await self.get_current(session_id)

    async def get_current(self, session_id: str) -> Session | None:
        current = await self._store.get(session_id)
        if current is not None:
            await self._cache.put(current)
        return current

    async def find(self, code: str) -> Session | None:
        return await self._store.find(code)

    async def compare_and_set(self, session: Session) -> bool:
        changed = await self._store.compare_and_set(session)
        if changed:
            await self._cache.put(session)
        return changed

    async def unfinished(self) -> Sequence[Session]:
        return await self._store.unfinished()

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[Session]:
        return await self._store.of_owner(owner_id, after=after, limit=limit)
