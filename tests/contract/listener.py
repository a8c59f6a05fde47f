"""A gateway's subscription, as a test holds it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.domain.errors import TransientFailure
from shared.ports.feed import JoinOutcome, Relayed
from tests.contract.parts import Parts

PROBE = "probe"


class Listener:
    """Gathers what is relayed to a gateway. `broken` is set once the subscription broke."""

    def __init__(self, parts: Parts, gateway: str) -> None:
        self._parts = parts
        self._gateway = gateway
        self.received: list[Relayed] = []
        self.broken = asyncio.Event()
        self._subscribed = asyncio.Event()

    async def listen(self) -> None:
        """Gather until the subscription breaks."""
        try:
            async for message in self._parts.reader.relayed(self._gateway):
                if isinstance(message, JoinOutcome) and message.request_id == PROBE:
                    self._subscribed.set()
                else:
                    self.received.append(message)
        except TransientFailure:
            self.broken.set()

    async def is_subscribed(self) -> bool:
        """Probe the channel, and say whether a probe came through."""
        await self._parts.writer.send_join_outcome("probe", self._gateway, PROBE, b"{}")
        return self._subscribed.is_set()

    async def gets(self, count: int) -> list[Relayed]:
        """What came, once it is `count` messages or more."""

        async def is_complete() -> bool:
            return len(self.received) >= count

        await self._parts.eventually(is_complete)
        return self.received


@asynccontextmanager
async def listening(parts: Parts, gateway: str) -> AsyncIterator[Listener]:
    """A listener whose subscription stands."""
    listener = Listener(parts, gateway)
    task = asyncio.create_task(listener.listen())
    try:
        await parts.eventually(listener.is_subscribed)
        yield listener
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
