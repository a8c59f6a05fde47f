"""Poisoned records on the topics of a running system: one dead letter each, the rest flows on, and what was mended
is replayed by the command line that operators have.
"""

import asyncio
import json
import os
import sysconfig
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from knative.local.play.audit import Addresses
from knative.local.play.event_log import EventLog
from shared.adapters.kafka import connection_options
from shared.adapters.mongo import MongoStores
from shared.client.http import open_http
from shared.domain.quiz import Quiz
from shared.events import catalog
from shared.events.codec import to_record
from shared.events.event import Event
from shared.events.payloads import ScoreUpdated
from tests.e2e.fixtures import deliver, seed_story
from tests.e2e.system import System, until
from tests.events import golden
from tests.story import ADA, QUIZ

QUIZLINE = str(Path(sysconfig.get_path("scripts")) / "quizline")
WITHIN_S = 60.0
FUNCTIONS = {
    "join": golden.PLAYER_JOIN_REQUESTED,
    "submit": golden.ANSWER_SUBMITTED,
    "score": golden.ANSWER_ACCEPTED,
    "rank": golden.SCORE_UPDATED,
    "broadcast": golden.LEADERBOARD_UPDATED,
}


@asynccontextmanager
async def producer_of(addresses: Addresses) -> AsyncIterator[Any]:
    security = connection_options(addresses.kafka_security)
    async with AIOKafkaProducer(bootstrap_servers=addresses.kafka, acks="all", **security) as producer:
        yield producer


async def dead_letters(addresses: Addresses, ids: set[str]) -> dict[str, dict[str, str]]:
    """The headers of those with these event ids, once all are there."""
    found: dict[str, dict[str, str]] = {}
    consumer: Any = AIOKafkaConsumer(
        catalog.DEAD_LETTERS,
        bootstrap_servers=addresses.kafka,
        auto_offset_reset="earliest",
        **connection_options(addresses.kafka_security),
    )
    async with consumer, asyncio.timeout(WITHIN_S):
        while ids - found.keys():
            record = await consumer.getone()
            headers = {name: value.decode() for name, value in record.headers}
            if headers.get("ce_id") in ids:
                found[headers["ce_id"]] = headers
    return found


async def command(system: System, *arguments: str) -> tuple[int, str]:
    """`quizline dead-letters ...` as an operator calls it: exit code and standard output."""
    process = await asyncio.create_subprocess_exec(
        *(QUIZLINE, "dead-letters", *arguments, f"--kafka={system.addresses.kafka}"),
        env=os.environ,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(WITHIN_S):
        printed, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, printed.decode()


def answer_to(quiz: Quiz) -> Event:
    """Ada's, in a session of its own, so that a repeated run finds nothing of an earlier one."""
    accepted = msgspec.structs.replace(golden.ANSWER_ACCEPTED.data, quiz_id=quiz.id)
    return replace(golden.ANSWER_ACCEPTED, id=uuid.uuid4().hex, subject=uuid.uuid4().hex, data=accepted)


@pytest.mark.timeout(180)
async def test_poisoned_event_ends_in_the_dead_letters_and_the_rest_flows_on(system: System) -> None:
    """Data that break the contract are not tried again; a dead letter says which function refused it, and how."""
    poisoned = {name: uuid.uuid4().hex for name in FUNCTIONS}
    async with producer_of(system.addresses) as producer:
        for name, event in FUNCTIONS.items():
            record = to_record(event)
            headers = {**dict(record.headers), "ce_id": poisoned[name].encode()}
            await producer.send_and_wait(record.topic, b"{not JSON", key=record.key, headers=list(headers.items()))

    letters = await dead_letters(system.addresses, set(poisoned.values()))
    for name, event_id in poisoned.items():
        assert letters[event_id]["ce_knativeerrorcode"] == "422"
        assert name in letters[event_id]["ce_knativeerrordest"]
        assert letters[event_id]["ce_type"] == FUNCTIONS[name].type.name

    await seed_story(system)
    async with open_http() as http:
        for name, event in FUNCTIONS.items():
            await deliver(http, system.receiver(name), event)


@pytest.mark.timeout(180)
async def test_dead_letter_is_replayed_once_its_cause_is_gone(system: System) -> None:
    """An answer to an unknown quiz is listed and shown with the reason; with the quiz there it gets its points."""
    quiz = replace(QUIZ, id=f"quiz-{uuid.uuid4().hex}")
    event = answer_to(quiz)
    async with producer_of(system.addresses) as producer:
        record = to_record(event)
        await producer.send_and_wait(record.topic, record.value, key=record.key, headers=record.headers)

    letters: list[dict[str, Any]] = []

    async def is_listed() -> bool:
        _, printed = await command(system, "list", "--json", "--function=score", f"--session={event.subject}")
        letters[:] = json.loads(printed)
        return bool(letters)

    await until(is_listed, what="a dead letter of score", within_s=WITHIN_S)
    [letter] = letters
    assert (letter["code"], letter["attributes"]["id"]) == ("422", event.id)
    shown = await command(system, "show", letter["place"])
    assert (shown[0], "expected a published quiz" in shown[1]) == (0, True)

    mongo = MongoStores(system.addresses.mongodb, system.addresses.mongodb_database)
    try:
        await mongo.quizzes.add(quiz)
    finally:
        mongo.close()
    code, told = await command(system, "replay", letter["place"], "--json")
    assert (code, json.loads(told)["topic"]) == (0, catalog.ANSWERS_ACCEPTED)

    kafka, security = system.addresses.kafka, system.addresses.kafka_security
    async with EventLog(kafka, session_id=event.subject, topics=(catalog.SCORES,), security=security) as log:
        assert await log.read_until(lambda: bool(log.events), timeout_s=WITHIN_S)
    [score] = {scored.data for scored in log.events if isinstance(scored.data, ScoreUpdated)}
    assert (score.player_id, score.points) == (ADA.id, 900)
