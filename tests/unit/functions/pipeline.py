"""The whole pipeline on fakes, delivered as badly as Kafka and KafkaSource may: at least once, in any order, many
at a time, with crashes before and after every effect, and Redis emptied in between.
"""

import asyncio
import random
from dataclasses import dataclass

from functions.entrypoint import Handler
from gateway.sessions import emitted
from shared.adapters.memory import MemorySystem, When
from shared.domain.errors import TransientFailure
from shared.events.event import Event
from tests.events.golden import TRACEPARENT
from tests.story import SESSION_ID
from tests.unit.functions.handlers import HANDLERS, TOPICS

MAX_STEPS = 5_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one function."""

    function: str
    event: Event


class Pipeline:
    """Carries events from topic to function until nothing is under way. `chance` decides everything."""

    def __init__(self, system: MemorySystem, chance: random.Random) -> None:
        self._system = system
        self._chance = chance
        self._handlers: dict[str, Handler] = {name: build(system) for name, build in HANDLERS.items()}
        self._under_way: list[Delivery] = []
        self._read = 0

    async def run(self, events: list[Event], *, copies: int, wipes: int = 0) -> None:
        """Deliver `events` and all that follows from them, each `copies` times."""
        self._system.faults.forgive()  # a fault that the run before did not come to is not for these
        await self._system.publisher.publish(*events)
        steps = 0
        while self._taken(copies) or wipes:
            if wipes and (not self._under_way or self._chance.random() < 0.05):
                wipes -= 1
                await self._wipe()
            await self._step()
            steps += 1
            assert steps < MAX_STEPS, f"expected an end, got {len(self._under_way)} events under way"

    def _taken(self, copies: int) -> bool:
        """Take what was published since into the deliveries; whether there are any."""
        published = self._system.publisher.events[self._read :]
        self._read += len(published)
        for event in published:
            functions = [name for name in HANDLERS if event.type.topic in TOPICS[name]]
            self._under_way += [Delivery(name, event) for name in functions] * copies
        return bool(self._under_way)

    async def _step(self) -> None:
        """Some deliveries at once; those that fail come again."""
        self._chance.shuffle(self._under_way)
        count = self._chance.randint(1, 20)
        batch, self._under_way = self._under_way[:count], self._under_way[count:]
        if self._chance.random() < 0.5:
            self._system.faults.fail_call(self._chance.randint(1, 60), self._chance.choice(list(When)))
        failed = await asyncio.gather(*(self._deliver(delivery) for delivery in batch))
        self._under_way += [delivery for delivery in failed if delivery is not None]

    async def _deliver(self, delivery: Delivery) -> Delivery | None:
        try:
            await self._handlers[delivery.function].handle(delivery.event)
        except TransientFailure:
            return delivery
        return None

    async def _wipe(self) -> None:
        """Redis loses everything; a gateway notices and asks for the session to be rebuilt."""
        self._system.redis.wipe()
        self._system.faults.forgive()
        request = emitted.rebuild_requested(
            SESSION_ID,
            redis_epoch=str(self._system.redis.epoch),
            now_ms=self._system.clock.now_ms(),
            traceparent=TRACEPARENT,
        )
        await self._system.publisher.publish(request)
