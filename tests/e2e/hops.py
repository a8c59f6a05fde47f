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
    """Seconds from one step's event to the next step's, for the first answer of a session.

    By the timestamps that the writers put on their records: their machines' clocks, one and the same on one node.
    """
    written_ms = await _written_ms(system.addresses, session_id)
    times_ms, after_ms = [], 0
    for event_type in ENDS_WITH.values():
        later_ms = [moment_ms for moment_ms in written_ms[event_type.name] if moment_ms >= after_ms]
        assert later_ms, f"expected {event_type.name} in Kafka, got none after {after_ms}"
        after_ms = min(later_ms)
        times_ms.append(after_ms)
    names = list(ENDS_WITH)[1:]
    return {
        name: (ended_ms - began_ms) / 1_000
        for name, (began_ms, ended_ms) in zip(names, pairwise(times_ms), strict=True)
    }


async def _written_ms(addresses: Addresses, session_id: str) -> dict[str, list[int]]:
    """The moments of all the session's events, by type. All of them are written before this is asked."""
    found: dict[str, list[int]] = {event_type.name: [] for event_type in ENDS_WITH.values()}
    consumer: Any = AIOKafkaConsumer(
        *{event_type.topic for event_type in ENDS_WITH.values()},
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
                if headers.get("ce_subject") == session_id and headers.get("ce_type") in found:
                    found[headers["ce_type"]].append(record.timestamp)
    return found


async def _is_at(consumer: Any, ends: dict[TopicPartition, int]) -> bool:
    return all([await consumer.position(partition) >= end for partition, end in ends.items()])
