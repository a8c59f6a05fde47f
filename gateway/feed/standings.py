"""Everybody's place in one read: shared by all who ask at the same moment."""

import asyncio
import time

from gateway.feed.places import BoardView, Places, places_of
from shared.ports.board import Board

FRESH_FOR_S = 0.25


class Standings:
    """One session's. 5,000 players that reconnect at once cost one read, not 5,000."""

    def __init__(self, board: Board, session_id: str) -> None:
        self._board = board
        self._session_id = session_id
        self._reading = asyncio.Lock()
        self._read_for: tuple[int, BoardView] = (-1, BoardView())
        self._read_at_s = float("-inf")
        self._cached: Places = {}

    async def recent(self, question: int, view: BoardView) -> Places:
        """As of a moment ago. Raises TransientFailure."""
        async with self._reading:
            if self._read_for != (question, view) or time.monotonic() - self._read_at_s > FRESH_FOR_S:
                await self._read(question, view)
            return self._cached

    async def now(self, question: int, view: BoardView) -> Places:
        """As of now: for a tick. Raises TransientFailure."""
        async with self._reading:
            await self._read(question, view)
            return self._cached

    async def _read(self, question: int, view: BoardView) -> None:
        taken = await self._board.read(self._session_id, question=question)
        self._cached = {} if taken is None else places_of(taken, view)
        self._read_for, self._read_at_s = (question, view), time.monotonic()
