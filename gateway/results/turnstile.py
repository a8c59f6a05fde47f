"""Heavy work, one piece at a time, with a bounded queue before it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.domain.errors import TransientFailure


class Turnstile:
    """Lets `at_once` in and `waiting` more wait; whoever comes then is sent away with TransientFailure."""

    def __init__(self, *, at_once: int, waiting: int, what: str) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._inside = 0
        self._what = what

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        if self._inside >= self._most:
            raise TransientFailure(f"expected at most {self._most} {self._what} at a time, got one more")
        self._inside += 1
        try:
            async with self._slots:
                yield
        finally:
            self._inside -= 1
