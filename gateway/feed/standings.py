"""Everybody's place in one read: shared by all who ask at the same moment."""

import asyncio
import time
from collections.abc import Mapping

from shared.ports.board import Board, OwnStanding

FRESH_FOR_S = 0.25


class Standings:
    """One session's. 5,000 players that reconnect at once cost one read, not 5,000."""

    def __init__(self, board: Board, session_id: str) -> None:
        self._board = board
        self._session_id = session_id
        self._reading = asyncio.Lock()
        self._question = -1
        self._read_at_s = float("-inf")
        self._cached: Mapping[str, OwnStanding] = {}

    async def recent(self, question: int) -> Mapping[str, OwnStanding]:
        """As of a moment ago. Raises TransientFailure."""
        async with self._reading:
            if self._question != question or time.monotonic() - self._read_at_s > FRESH_FOR_S:
                await self._read(question)
            return self._cached

    async def now(self, question: int) -> Mapping[str, OwnStanding]:
        """As of now: for a tick. Raises TransientFailure."""
        async with self._reading:
            await self._read(question)
            return self._cached

    async def _read(self, question: int) -> None:
        self._cached = await self._board.standings(self._session_id, question=question)
        self._question, self._read_at_s = question, time.monotonic()
