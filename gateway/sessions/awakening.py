"""Wakes the steps behind submit together when an answer comes after a pause, instead of one after the other.

An answer starts submit, whose event starts score, and so on: four cold starts in a row, where one takes about a
second. So the answer is accompanied by one event that score, rank and broadcast take at once, while submit starts.
While answers come, nothing is added: one comparison for each. Losing the event costs time only.
"""

import asyncio

from gateway import trace
from gateway.sessions import emitted
from shared.ports.clock import Clock
from shared.ports.limits import Limits
from shared.ports.publisher import Publisher

# Shorter than the shortest window of the functions: who had an event since then is still there.
PAUSE_MS = 10_000


class Awakening:
    """One for a gateway, not one for each session: the functions work for all of them. Only run() ever waits."""

    def __init__(self, *, gateway_id: str, publisher: Publisher, limits: Limits, clock: Clock) -> None:
        self._gateway_id = gateway_id
        self._publisher = publisher
        self._limits = limits
        self._clock = clock
        self._driven_ms = -PAUSE_MS
        self._session_id = ""
        self._asked = asyncio.Event()

    def answered(self, session_id: str) -> None:
        """An answer is on its way into Kafka: whoever has a share in it stays awake for a while."""
        self.expected(session_id)
        self._driven_ms = self._clock.now_ms()

    def expected(self, session_id: str) -> None:
        """An answer will follow, as when a player asks for a question."""
        now_ms = self._clock.now_ms()
        if now_ms - self._driven_ms >= PAUSE_MS:
            self._driven_ms, self._session_id = now_ms, session_id
            self._asked.set()

    async def run(self) -> None:
        """Loop. Raises TransientFailure: start it again."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._wake(self._session_id)

    async def _wake(self, session_id: str) -> None:
        """Unless another gateway just did."""
        if not await self._limits.allow("wake", limit=1, per_ms=PAUSE_MS):
            return
        event = emitted.wake_requested(
            session_id,
            gateway=self._gateway_id,
            now_ms=self._clock.now_ms(),
            every_ms=PAUSE_MS,
            traceparent=trace.begun(),
        )
        await self._publisher.publish(event)
