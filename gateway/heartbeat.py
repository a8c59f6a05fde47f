"""This gateway's sign of life in the registry, and what must be done when Redis turns out to have been emptied."""

import asyncio

import structlog

from gateway import trace
from gateway.feed.hubs import Hubs
from gateway.sessions import emitted
from gateway.sessions.deadlines import DeadlineLoop
from shared.ports.clock import Clock
from shared.ports.publisher import Publisher
from shared.ports.registry import Registry
from shared.ports.sessions import Sessions

EVERY_S = 1.0

logger = structlog.get_logger()


class Heartbeat:
    """run() never returns. The registry's epoch tells of a loss: another value than before."""

    def __init__(
        self,
        *,
        gateway_id: str,
        registry: Registry,
        hubs: Hubs,
        sessions: Sessions,
        deadlines: DeadlineLoop,
        publisher: Publisher,
        clock: Clock,
    ) -> None:
        self._gateway_id = gateway_id
        self._registry = registry
        self._hubs = hubs
        self._sessions = sessions
        self._deadlines = deadlines
        self._publisher = publisher
        self._clock = clock
        self._epoch: str | None = None

    async def run(self) -> None:
        while True:
            await self.beat()
            await asyncio.sleep(EVERY_S)

    async def beat(self) -> None:
        """Renew the entries, which also registers every held session again. Raises TransientFailure."""
        epoch = await self._registry.heartbeat(self._gateway_id, self._hubs.held())
        if self._epoch is None:
            await self._deadlines.restore()
        elif epoch != self._epoch:
            await self._rebuild(epoch)
        self._epoch = epoch  # only now: what failed half-way is done again at the next beat
        if bereft := self._hubs.bereft():
            await self._request_rebuild(bereft, epoch)

    async def _rebuild(self, epoch: str) -> None:
        """Everything that this gateway knows of is put back; the functions put back their share."""
        held = list(self._hubs.held())
        logger.warning("redis_emptied", redis_epoch=epoch, sessions=len(held))
        await self._deadlines.restore()
        for session_id in held:
            await self._sessions.get_current(session_id)
        await self._request_rebuild(held, epoch)
        self._hubs.check_all()

    async def _request_rebuild(self, session_ids: list[str], epoch: str) -> None:
        now_ms = self._clock.now_ms()
        await self._publisher.publish(
            *(
                emitted.rebuild_requested(session_id, redis_epoch=epoch, now_ms=now_ms, traceparent=trace.begun())
                for session_id in session_ids
            )
        )
        self._hubs.rebuild_is_asked_for(session_ids)
