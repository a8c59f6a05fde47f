"""What stands in Kafka, read from the beginning."""

import asyncio

from aiokafka import AIOKafkaConsumer

from shared.events.catalog import TOPICS
from shared.events.codec import from_record
from shared.events.event import Event

WITHIN_S = 20.0


async def read_events(bootstrap: str, session_id: str, count: int) -> list[Event]:
    """All events of a session in all topics, each partition in order; waits until there are `count`."""
    consumer = AIOKafkaConsumer(
        *TOPICS,
        bootstrap_servers=bootstrap,
        group_id=None,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    events: list[Event] = []
    try:
        async with asyncio.timeout(WITHIN_S):
            while len(events) < count:
                events += await _next(consumer, session_id)
    finally:
        await consumer.stop()
    return events


async def _next(consumer: AIOKafkaConsumer, session_id: str) -> list[Event]:
    batches = await consumer.getmany(timeout_ms=200)
    events = [from_record(dict(record.headers), record.value) for batch in batches.values() for record in batch]
    return [event for event in events if event.subject == session_id]
