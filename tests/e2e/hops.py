"""Where the time of one answer goes: when each step's event of a session was written to Kafka."""

from itertools import pairwise
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from knative.local.play.audit import Addresses
from shared.adapters.kafka import connection_options
from shared.events import catalog
from shared.events.catalog import EventType
from tests.e2e.system import System

POLL_MS = 500
# Whose work ends with which event, in the order of the chain.
ENDS_WITH: dict[str, EventType] = {
    "gateway": catalog.ANSWER_SUBMITTED,
    "submit": catalog.ANSWER_ACCEPTED,
    "score": catalog.SCORE_UPDATED,
    "rank": catalog.LEADERBOARD_UPDATED,
}


async def hop_seconds(system: System, session_id: str) -> dict[str, float]:
    """Seconds from one step's event to the next step's, for the first answer of a session with a single one.

    By the timestamps that the writers put on their records: their machines' clocks, one and the same on one node.
    """
    written_ms = await _first_written_ms(system.addresses, session_id)
    steps = [(name, written_ms[event_type.name]) for name, event_type in ENDS_WITH.items()]
    return {name: (ended_ms - began_ms) / 1_000 for (_, began_ms), (name, ended_ms) in pairwise(steps)}


async def _first_written_ms(addresses: Addresses, session_id: str) -> dict[str, int]:
    """By event type. All of them are written before this is asked."""
    wanted = {event_type.name for event_type in ENDS_WITH.values()}
    topics = {event_type.topic for event_type in ENDS_WITH.values()}
    found: dict[str, int] = {}
    consumer: Any = AIOKafkaConsumer(
        *topics,
        bootstrap_servers=addresses.kafka,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        **connection_options(addresses.kafka_security),
    )
    async with consumer:
        ends: dict[TopicPartition, int] = await consumer.end_offsets(consumer.assignment())
        while not await _is_at(consumer, ends):
            batches: dict[TopicPartition, list[ConsumerRecord]] = await consumer.getmany(timeout_ms=POLL_MS)
            for record in (record for records in batches.values() for record in records):
                headers = {name: value.decode() for name, value in record.headers}
                kind = headers.get("ce_type", "")
                if headers.get("ce_subject") == session_id and kind in wanted:
                    found[kind] = min(record.timestamp, found.get(kind, record.timestamp))
    assert found.keys() == wanted, f"expected one event of each of {wanted}, got {found.keys()}"
    return found


async def _is_at(consumer: Any, ends: dict[TopicPartition, int]) -> bool:
    return all([await consumer.position(partition) >= end for partition, end in ends.items()])
