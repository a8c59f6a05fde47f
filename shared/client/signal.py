"""Waiting for a condition of a changing state, without polling."""

import asyncio
from collections.abc import Callable


class Signal:
    """Wakes everybody who waits whenever something changed, or fails them all."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self._failure: Exception | None = None

    def notify(self) -> None:
        """Something changed: waiters look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    def fail(self, failure: Exception) -> None:
        """Nothing will change any more: present and later waiters get `failure`."""
        self._failure = failure
        self.notify()

    async def until(self, condition: Callable[[], bool], *, timeout_s: float | None = None) -> None:
        """Return once `condition` holds. Raises TimeoutError, or what fail() was given."""
        async with asyncio.timeout(timeout_s):
            while not condition():
                if self._failure is not None:
                    raise self._failure
                await self._changed.wait()
