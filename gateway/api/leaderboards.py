"""The whole leaderboard, as last stored."""

from msgspec import Struct

from gateway.api.operation import Call, Reply
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.ranking import Entry
from shared.ports.sessions import Sessions
from shared.ports.snapshots import Snapshots


class LeaderboardBody(Struct, frozen=True, kw_only=True):
    """`version`: how many scored answers it covers."""

    version: int
    entries: tuple[Entry, ...]


class LeaderboardHandlers:
    """Known to whoever knows the session's id."""

    def __init__(self, *, sessions: Sessions, snapshots: Snapshots) -> None:
        self._sessions = sessions
        self._snapshots = snapshots

    async def show(self, call: Call) -> Reply:
        session_id: str = call.path["session_id"]
        board = await self._snapshots.get(session_id)
        if board is not None:
            return Reply(200, LeaderboardBody(version=board.version, entries=board.entries))
        if await self._sessions.get(session_id) is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected a session that exists")
        return Reply(200, LeaderboardBody(version=0, entries=()))
