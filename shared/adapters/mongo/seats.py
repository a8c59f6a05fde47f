"""Which seat of a session to try next. Only a guess: the unique index on (session, seat) decides."""

from collections import OrderedDict
from dataclasses import dataclass, field

from shared.adapters.mongo.collection import IndexedCollection

REMEMBERED_SESSIONS = 1_000
# Gaps that failed joins left, looked up again when all higher seats are taken.
MOST_GAPS = 1_000


@dataclass(slots=True)
class _Session:
    """`next`: no seat from here on has been tried by this process. `returned`: tried, but not taken."""

    next: int
    returned: list[int] = field(default_factory=list)
    is_full: bool = False


class Seats:
    """One process's view: each seat is given to one of its joins at a time, the lowest first."""

    def __init__(self, players: IndexedCollection) -> None:
        self._players = players
        self._sessions: OrderedDict[str, _Session] = OrderedDict()

    async def free(self, session_id: str, *, seats: int) -> int | None:
        """A seat below `seats` to try; None when all are taken: that stays so. Raises TransientFailure."""
        session = self._sessions.get(session_id)
        if session is None:
            session = await self._looked_up(session_id)
        if not session.returned and session.next >= seats and not session.is_full:
            await self._look_for_gaps(session_id, session, seats)
        if session.returned:
            return session.returned.pop()
        if session.next >= seats:
            return None
        session.next += 1
        return session.next - 1

    def give_back(self, session_id: str, seat: int) -> None:
        """The join did not need it after all."""
        session = self._sessions.get(session_id)
        if session is not None and len(session.returned) < MOST_GAPS:
            session.returned.append(seat)

    async def _looked_up(self, session_id: str) -> _Session:
        count = await self._players.count({"session_id": session_id})
        session = self._sessions.setdefault(session_id, _Session(next=count))
        if len(self._sessions) > REMEMBERED_SESSIONS:
            self._sessions.popitem(last=False)
        return session

    async def _look_for_gaps(self, session_id: str, session: _Session, seats: int) -> None:
        if await self._players.count({"session_id": session_id}) >= seats:
            session.is_full = True
            return
        taken = {document["seat"] for document in await self._players.find_all({"session_id": session_id})}
        session.returned = [seat for seat in reversed(range(seats)) if seat not in taken][-MOST_GAPS:]
        session.is_full = not session.returned
