"""What aiokafka's consumers need beside their own methods: an end that is bounded, and the ends of partitions."""

import asyncio
from collections.abc import Collection
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

_STOP_TIMEOUT_S = 3.0
_ANSWER_TIMEOUT_S = 1.0


async def stop_consumer(consumer: Any) -> bool:
    """False when it did not stop in order within a bounded time, as it may while Kafka is away.

    A task of its own: aiokafka's stop may end by the cancellation of one of its own tasks, and swallow ours.
    """
    stopping = asyncio.create_task(consumer.stop())
    await asyncio.wait({stopping}, timeout=_STOP_TIMEOUT_S)
    if not stopping.done():
        stopping.cancel()
        return False
    return not stopping.cancelled() and stopping.exception() is None


class EndOffsets:
    """Asks for the ends of partitions, over a connection of its own: on a source's it would wait for a fetch."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._consumer: Any = None
        self._asking = asyncio.Lock()

    async def of(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int] | None:
        """None while Kafka does not answer."""
        async with self._asking:
            try:
                async with asyncio.timeout(_ANSWER_TIMEOUT_S):
                    if self._consumer is None:
                        self._consumer = AIOKafkaConsumer(bootstrap_servers=self._bootstrap)
                        await self._consumer.start()
                    return dict(await self._consumer.end_offsets(partitions))
            except (KafkaError, OSError, TimeoutError):
                await self.stop()
                return None

    async def stop(self) -> None:
        """Idempotent; the next question connects again."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            await stop_consumer(consumer)
