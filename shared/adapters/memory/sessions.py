"""Sessions in a dictionary, with a cache that a test can make lag behind."""

from collections.abc import Sequence
from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.adapters.memory.pages import page
from shared.domain.session import Phase, Session
from shared.ports.paging import Place

MAX_UNFINISHED = 10_000


class MemorySessions:
    """`stale` is a cache gone old: `get` prefers it until `get_current` or a change refreshes it."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self.stale: dict[str, Session] = {}
        self._sessions: dict[str, Session] = {}

    @port_call
    async def add(self, session: Session) -> bool:
        if session.id in self._sessions or any(other.code == session.code for other in self._unfinished()):
            return False
        self._sessions[session.id] = session
        return True

    @port_call
    async def get(self, session_id: str) -> Session | None:
        return self.stale.get(session_id) or self._sessions.get(session_id)

    @port_call
    async def get_current(self, session_id: str) -> Session | None:
        self.stale.pop(session_id, None)
        return self._sessions.get(session_id)

    @port_call
    async def find(self, code: str) -> Session | None:
        named = [session for session in self._sessions.values() if session.code == code]
        return max(
            named,
            key=lambda session: (session.phase is not Phase.FINISHED, session.created_at_ms),
            default=None,
        )

    @port_call
    async def compare_and_set(self, session: Session) -> bool:
        stored = self._sessions.get(session.id)
        if stored is None or stored.version != session.version - 1:
            return stored == session
        self._sessions[session.id] = session
        self.stale.pop(session.id, None)
        return True

    @port_call
    async def unfinished(self) -> Sequence[Session]:
        newest_first = sorted(self._unfinished(), key=lambda session: session.created_at_ms, reverse=True)
        return newest_first[:MAX_UNFINISHED]

    @port_call
    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[Session]:
        own = {
            Place(at_ms=session.created_at_ms, id=session.id): session
            for session in self._sessions.values()
            if session.owner_id == owner_id
        }
        return page(own, after=after, limit=limit)

    def _unfinished(self) -> list[Session]:
        return [session for session in self._sessions.values() if session.phase is not Phase.FINISHED]
