"""Waiting for what another process does, with a deadline."""

import asyncio
import time
from collections.abc import Callable
from threading import Event

import psutil

WITHIN_S = 20.0
_EVERY_S = 0.02


async def until(condition: Callable[[], bool], *, within_s: float = WITHIN_S) -> None:
    """Return once `condition` holds. Raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not condition():  # noqa: ASYNC110 - another process cannot set an event
            await asyncio.sleep(_EVERY_S)


def wait_until(condition: Callable[[], bool], *, within_s: float = WITHIN_S) -> None:
    """The same without an event loop."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"expected it to hold within {within_s:g} s"
        Event().wait(_EVERY_S)


def is_alive(pid: int) -> bool:
    """A zombie is not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
