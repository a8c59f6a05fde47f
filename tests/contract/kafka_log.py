"""What stands in Kafka, read from the beginning."""

import asyncio

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.events.catalog import TOPICS
from shared.events.codec import from_record
from shared.events.event import Event

WITHIN_S = 20.0


async def read_events(bootstrap: str, session_id: str, count: int) -> list[Event]:
    """All events of a session in all topics, partition by partition in order; waits until there are `count`."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=None, enable_auto_commit=False)
    await consumer.start()
    try:
        async with asyncio.timeout(WITHIN_S):
            return await _read(consumer, session_id, count)
    finally:
        await consumer.stop()


async def _read(consumer: AIOKafkaConsumer, session_id: str, count: int) -> list[Event]:
    known = await consumer.topics()
    partitions = [
        TopicPartition(topic, partition)
        for topic in TOPICS
        if topic in known
        for partition in sorted(consumer.partitions_for_topic(topic) or ())
    ]
    consumer.assign(partitions)
    await consumer.seek_to_beginning()
    events: list[Event] = []
    while len(events) < count:
        for records in (await consumer.getmany(timeout_ms=200)).values():
            received = [from_record(dict(record.headers), record.value) for record in records]
            events += [event for event in received if event.subject == session_id]
    return events
