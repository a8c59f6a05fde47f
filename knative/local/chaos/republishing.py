"""Publishes again what stands in the topics: as a source that crashed, or a producer that did not hear an ack.

Records go out byte for byte with key and headers, so that nothing tells a copy from its original but its offset.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from knative.local.runner.consumers import stop_consumer
from shared.events import catalog

TOPICS = tuple(topic for topic in catalog.TOPICS if topic != catalog.DEAD_LETTERS)
_POLL_MS = 200
_BATCH = 2_000


@dataclass(slots=True)
class Republisher:
    """Made by `republisher`. `copies`: how many it has published. `spared`: ids of events that it never copies."""

    consumer: Any
    producer: Any
    session_id: bytes
    spared: Set[str]
    copies: int = 0
    _seen: set[bytes] = field(default_factory=set)

    async def new_records(self) -> list[ConsumerRecord]:
        """Events of the session that are new since the last call. What has an id that was there already is passed
        over: our own copies, and what follows from them, or copies would multiply from step to step.
        """
        batches = await self.consumer.getmany(timeout_ms=_POLL_MS, max_records=_BATCH)
        return [record for records in batches.values() for record in records if self._is_new(record)]

    async def publish(self, records: Sequence[ConsumerRecord]) -> None:
        """One copy of each, in this order; return when Kafka has them."""
        sent = [
            await self.producer.send(record.topic, record.value, key=record.key, headers=[*record.headers])
            for record in records
        ]
        await asyncio.gather(*sent)
        self.copies += len(records)

    async def back_to(self, seconds_ago: float) -> None:
        """Read on from what came that long ago."""
        since_ms = int((time.time() - seconds_ago) * 1_000)
        places = dict.fromkeys(self.consumer.assignment(), since_ms)
        for partition, found in (await self.consumer.offsets_for_times(places)).items():
            if found is not None:
                self.consumer.seek(partition, found.offset)
            else:
                await self.consumer.seek_to_end(partition)

    async def until_now(self) -> AsyncIterator[list[ConsumerRecord]]:
        """What is in the topics at the moment of the call."""
        ends: dict[TopicPartition, int] = await self.consumer.end_offsets(self.consumer.assignment())
        while any([await self.consumer.position(partition) < end for partition, end in ends.items()]):
            yield await self.new_records()

    def _is_new(self, record: ConsumerRecord) -> bool:
        headers = dict(record.headers)
        event_id = headers.get("ce_id", b"")
        if headers.get("ce_subject") != self.session_id or event_id in self._seen:
            return False
        if event_id.decode() in self.spared:
            return False
        self._seen.add(event_id)
        return True


@asynccontextmanager
async def republisher(bootstrap: str, *, session_id: str, spared: Set[str]) -> AsyncIterator[Republisher]:
    """Reads from now on."""
    consumer: Any = AIOKafkaConsumer(
        *TOPICS, bootstrap_servers=bootstrap, group_id=None, enable_auto_commit=False, auto_offset_reset="latest"
    )
    producer: Any = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all")
    await consumer.start()
    try:
        await consumer.seek_to_end()
        async with producer:
            yield Republisher(consumer, producer, session_id.encode(), spared)
    finally:
        await stop_consumer(consumer)


class Shuffled:
    """Copies that wait until their batch is full or old, to go out in another order than they came."""

    def __init__(self, rng: random.Random, *, times: int) -> None:
        self._rng = rng
        self._times = times
        self._waiting: list[ConsumerRecord] = []

    def add(self, records: Sequence[ConsumerRecord]) -> Self:
        self._waiting += [record for record in records for _ in range(self._times)]
        return self

    def take(self) -> list[ConsumerRecord]:
        """A random half of what waits, in any order: some copies overtake others by seconds."""
        self._rng.shuffle(self._waiting)
        half = len(self._waiting) // 2 + 1
        taken, self._waiting = self._waiting[:half], self._waiting[half:]
        return taken

    def take_all(self) -> list[ConsumerRecord]:
        taken, self._waiting = self._waiting, []
        return taken
