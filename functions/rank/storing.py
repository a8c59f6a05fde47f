"""When a published board is stored: a whole board of thousands is a large document, and ticks are many."""

import time
from collections import OrderedDict
from collections.abc import Callable

from shared.domain.ranking import Leaderboard
from shared.ports.snapshots import Snapshots

EVERY_S = 1.0
REMEMBERED_SESSIONS = 1_000


class BoardStore:
    """While answers come, a session's board is stored once a second; the pause that follows stores the last one
    (RankHandler's audit). What one process remembers saves writes and decides nothing: boards are absolute.
    """

    def __init__(
        self, snapshots: Snapshots, *, every_s: float = EVERY_S, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._snapshots = snapshots
        self._every_s = every_s
        self._now_s = now_s
        self._stored_s: OrderedDict[str, float] = OrderedDict()

    async def put_now(self, session_id: str, board: Leaderboard) -> None:
        """Store it. Raises TransientFailure."""
        await self._snapshots.put(session_id, board)
        self._stored_s[session_id] = self._now_s()
        self._stored_s.move_to_end(session_id)
        if len(self._stored_s) > REMEMBERED_SESSIONS:
            self._stored_s.popitem(last=False)

    async def put_in_time(self, session_id: str, board: Leaderboard) -> None:
        """Store it, unless one of this session was stored within the last second. Raises TransientFailure."""
        if self._now_s() - self._stored_s.get(session_id, float("-inf")) >= self._every_s:
            await self.put_now(session_id, board)
