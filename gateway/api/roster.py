"""The names of a session that takes listed ones only, as far as they are free: what a player picks from."""

from typing import Annotated

from msgspec import Meta, Struct

from gateway.api.operation import Call, Reply
from gateway.api.paging import number_in
from gateway.results.fresh import Fresh
from gateway.sessions.codes import CodeLookup
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.settings import MAX_ROSTER
from shared.ports.players import Players
from shared.ports.sessions import Sessions

DEFAULT_NAMES = 200
MOST_SEARCH = 100
# A hall of thousands picks at the same time: who joined meanwhile is told by the join itself.
FRESH_FOR_S = 2.0


class RosterFound(Struct, frozen=True, kw_only=True):
    """`names`: free ones that match, in the host's order; `free` counts all free ones, `listed` all names."""

    names: Annotated[tuple[str, ...], Meta(max_length=MAX_ROSTER)]
    free: int
    listed: int


class RosterHandlers:
    """For whoever knows the code. Empty for a session without a roster."""

    def __init__(self, *, codes: CodeLookup, sessions: Sessions, players: Players) -> None:
        self._codes = codes
        self._sessions = sessions
        self._players = players
        self._free: Fresh[tuple[str, ...]] = Fresh(fresh_for_s=FRESH_FOR_S)

    async def find(self, call: Call) -> Reply:
        limit = number_in(call.query, "limit", least=1, most=MAX_ROSTER, default=DEFAULT_NAMES)
        session_id = await self._codes.session_id(call.path["code"], address=call.address)
        session = await self._sessions.get(session_id)
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected the code of a session")
        roster = session.settings.roster
        free = await self._free.get(session_id, lambda: self._free_now(session_id, roster)) if roster else ()
        sought = call.query.get("search", "")[:MOST_SEARCH].casefold().strip()
        names = [name for name in free if sought in name.casefold()] if sought else free
        return Reply(200, RosterFound(names=tuple(names[:limit]), free=len(free), listed=len(roster)))

    async def _free_now(self, session_id: str, roster: tuple[str, ...]) -> tuple[str, ...]:
        """Players of such a session have the roster's own spelling for a nickname (admission.listed_nickname)."""
        taken = {player.nickname for player in await self._players.all(session_id)}
        return tuple(name for name in roster if name not in taken)
