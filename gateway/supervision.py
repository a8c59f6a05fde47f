"""Loops that must not die silently: a crash is logged, the loop started again with back-off, /readyz told."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from shared.domain.errors import TransientFailure

FIRST_DELAY_S = 0.1
LONGEST_DELAY_S = 2.0
# A loop that ran this long has recovered.
RECOVERED_AFTER_S = 5.0
PERSISTS_AFTER_S = 10.0

Loop = Callable[[], Awaitable[None]]
logger = structlog.get_logger()


@dataclass(slots=True)
class _Health:
    running_since_s: float
    failing_since_s: float | None = None


class Supervisor:
    """Owns its tasks: nothing it started outlives stop()."""

    def __init__(self, *, persists_after_s: float = PERSISTS_AFTER_S) -> None:
        self._persists_after_s = persists_after_s
        self._tasks: set[asyncio.Task[None]] = set()
        self._health: dict[str, _Health] = {}

    def start(self, name: str, loop: Loop) -> asyncio.Task[None]:
        """Run `loop` until it returns, is cancelled, or stop()."""
        task = asyncio.create_task(self._keep(name, loop), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def failing(self) -> list[str]:
        """Loops that have been crashing for a while."""
        now_s = time.monotonic()
        return sorted(
            name
            for name, health in self._health.items()
            if health.failing_since_s is not None
            and now_s - health.failing_since_s > self._persists_after_s
            and now_s - health.running_since_s < RECOVERED_AFTER_S
        )

    async def stop(self) -> None:
        """Cancel every task and wait for its end. Idempotent."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep(self, name: str, loop: Loop) -> None:
        health = self._health[name] = _Health(time.monotonic())
        delay_s = FIRST_DELAY_S
        try:
            while True:
                health.running_since_s = time.monotonic()
                try:
                    await loop()
                    return
                except TransientFailure as failure:
                    logger.warning("loop_interrupted", loop=name, reason=str(failure))
                except Exception:
                    logger.exception("loop_crashed", loop=name)
                delay_s = self._note_failure(health, delay_s)
                await asyncio.sleep(delay_s)
        finally:
            del self._health[name]

    @staticmethod
    def _note_failure(health: _Health, delay_s: float) -> float:
        now_s = time.monotonic()
        if health.failing_since_s is None or now_s - health.running_since_s > RECOVERED_AFTER_S:
            health.failing_since_s = now_s
            return FIRST_DELAY_S
        return min(2 * delay_s, LONGEST_DELAY_S)
