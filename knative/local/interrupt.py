"""Ending a long-running command by signal: the first asks, a second Ctrl-C insists."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from typing import Any

_INSISTS_AFTER_S = 0.5  # closer together it is one Ctrl-C that came by two ways (the terminal's and make's)
_KILLED_BY_INTERRUPT = 130


def run_until_stopped(body: Coroutine[Any, Any, None], *, kill_now: Callable[[], None]) -> None:
    """Run `body`; SIGINT, SIGTERM or SIGHUP cancels it, and its clean-up is waited for. Returns normally then.

    A second SIGINT during the clean-up calls `kill_now` and ends this process at once.
    """
    asyncio.run(_watched(body, kill_now))


async def _watched(body: Coroutine[Any, Any, None], kill_now: Callable[[], None]) -> None:
    task = asyncio.ensure_future(body)
    interrupts = _Interrupts(task, kill_now)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, interrupts.receive, number)
    try:
        await task
    except asyncio.CancelledError:
        if not interrupts.asked:
            raise


class _Interrupts:
    def __init__(self, task: "asyncio.Future[None]", kill_now: Callable[[], None]) -> None:
        self._task = task
        self._kill_now = kill_now
        self._asked_at: float | None = None

    @property
    def asked(self) -> bool:
        return self._asked_at is not None

    def receive(self, number: signal.Signals) -> None:
        now = time.monotonic()
        if self._asked_at is None:
            self._asked_at = now
            self._task.cancel()
        elif number == signal.SIGINT and now - self._asked_at > _INSISTS_AFTER_S:
            self._kill_now()
            os._exit(_KILLED_BY_INTERRUPT)
