"""What a late player begins with, from the board that is stored; remembered for a moment, as many come at once."""

import time
from collections import OrderedDict
from collections.abc import Callable

from shared.domain.late_join import LateScore, starting_points
from shared.domain.session import Phase, Session
from shared.ports.snapshots import Snapshots

FRESH_FOR_S = 1.0
REMEMBERED_SESSIONS = 1_000


class LateStart:
    """One process's. Joining stores what was found with the player: that is what counts from then on."""

    def __init__(self, snapshots: Snapshots, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._snapshots = snapshots
        self._now_s = now_s
        self._found: OrderedDict[str, tuple[float, int]] = OrderedDict()

    async def points(self, session: Session) -> int:
        """For somebody who joins now. Raises TransientFailure."""
        if session.phase is Phase.LOBBY or session.settings.late_score is LateScore.ZERO:
            return 0
        found_s, points = self._found.get(session.id, (float("-inf"), 0))
        if self._now_s() - found_s < FRESH_FOR_S:
            return points
        points = await self._read(session)
        self._found[session.id] = self._now_s(), points
        self._found.move_to_end(session.id)
        if len(self._found) > REMEMBERED_SESSIONS:
            self._found.popitem(last=False)
        return points

    async def _read(self, session: Session) -> int:
        board = await self._snapshots.get(session.id)
        if board is None:
            return 0
        return starting_points(session.settings.late_score, board, questions_before=max(session.question, 0))
