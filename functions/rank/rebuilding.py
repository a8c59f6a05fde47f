"""Putting a board back from the database: once, however many events find it missing at the same moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from shared.domain.errors import TransientFailure
from shared.ports.board import Board
from shared.ports.scores import Scores

# A board that is wiped again while it is rebuilt is a passing fault: the source tries again.
REBUILD_TRIES = 3


class Rebuilding:
    """One process's. Others may rebuild the same board at the same time: that is more work, and no harm."""

    def __init__(self, *, board: Board, scores: Scores) -> None:
        self._board = board
        self._scores = scores
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, session_id: str) -> AsyncIterator[None]:
        """Within it, nobody else here rebuilds this board: look again whether it is still missing."""
        lock = self._locks.setdefault(session_id, asyncio.Lock())
        async with lock:
            yield

    async def rebuild(self, session_id: str) -> None:
        """From all stored scores. In one's turn. Raises TransientFailure."""
        for _ in range(REBUILD_TRIES):
            if await self._board.rebuild(session_id, await self._scores.all(session_id)):
                return
        raise TransientFailure(f"expected a board that stands after {REBUILD_TRIES} rebuilds, got it wiped again")
