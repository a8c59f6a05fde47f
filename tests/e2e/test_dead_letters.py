"""Poisoned records on the topics of a running system: one dead letter each, and the rest flows on."""

import asyncio
import uuid
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from shared.client.http import open_http
from shared.events import catalog
from shared.events.codec import to_record
from tests.e2e.fixtures import deliver, seed_story
from tests.e2e.system import System
from tests.events import golden

WITHIN_S = 60.0
FUNCTIONS = {
    "join": golden.PLAYER_JOIN_REQUESTED,
    "submit": golden.ANSWER_SUBMITTED,
    "score": golden.ANSWER_ACCEPTED,
    "rank": golden.SCORE_UPDATED,
    "broadcast": golden.LEADERBOARD_UPDATED,
}


async def dead_letters(kafka: str, ids: set[str]) -> dict[str, dict[str, str]]:
    """The headers of those with these event ids, once all are there."""
    found: dict[str, dict[str, str]] = {}
    consumer: Any = AIOKafkaConsumer(catalog.DEAD_LETTERS, bootstrap_servers=kafka, auto_offset_reset="earliest")
    async with consumer, asyncio.timeout(WITHIN_S):
        while ids - found.keys():
            record = await consumer.getone()
            headers = {name: value.decode() for name, value in record.headers}
            if headers.get("ce_id") in ids:
                found[headers["ce_id"]] = headers
    return found


@pytest.mark.timeout(180)
async def test_poisoned_event_ends_in_the_dead_letters_and_the_rest_flows_on(system: System) -> None:
    """Data that break the contract are not tried again; a dead letter says which function refused it, and how."""
    kafka = system.addresses.kafka
    poisoned = {name: uuid.uuid4().hex for name in FUNCTIONS}
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all") as producer:
        for name, event in FUNCTIONS.items():
            record = to_record(event)
            headers = {**dict(record.headers), "ce_id": poisoned[name].encode()}
            await producer.send_and_wait(record.topic, b"{not JSON", key=record.key, headers=list(headers.items()))

    letters = await dead_letters(kafka, set(poisoned.values()))
    for name, event_id in poisoned.items():
        assert letters[event_id]["ce_knativeerrorcode"] == "422"
        assert name in letters[event_id]["ce_knativeerrordest"]
        assert letters[event_id]["ce_type"] == FUNCTIONS[name].type.name

    await seed_story(system)
    async with open_http() as http:
        for name, event in FUNCTIONS.items():
            await deliver(http, system.receiver(name), event)
