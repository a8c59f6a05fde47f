"""Each function as its own process behind HTTP, on real Kafka, MongoDB and Redis."""

import random
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.adapters.mongo import MongoStores
from shared.adapters.redis import RedisStores
from shared.adapters.sessions import CachedSessions
from shared.domain.ranking import leaderboard_of
from shared.events.catalog import TOPICS
from shared.events.codec import from_json, from_record
from shared.events.event import Event
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from tests.integration.functions.function_process import running_function
from tests.servers import Servers
from tests.story import SESSION_ID, seed

EVENTS = Path(__file__).parents[2] / "events"
FUNCTIONS = ("join", "submit", "score", "rank", "broadcast")
# By the way of the data; each also takes the session's events.
TAKES = {
    "join": ("player.join-requested",),
    "submit": ("answer.submitted",),
    "score": ("answer.accepted",),
    "rank": ("score.updated",),
    "broadcast": ("leaderboard.updated", "player.joined", "player.refused", "answer.refused"),
}
SESSION_EVENTS = ("session.opened", "session.question-opened", "session.question-closed", "session.finished")


@dataclass(frozen=True, slots=True)
class World:
    """The stores behind the functions, in a database and with a session of their own."""

    mongo: MongoStores
    redis: RedisStores
    environment: dict[str, str]

    @property
    def sessions(self) -> CachedSessions:
        return CachedSessions(self.mongo.sessions, self.redis.session_cache)

    @property
    def quizzes(self) -> Quizzes:
        return self.mongo.quizzes

    @property
    def players(self) -> Players:
        return self.mongo.players


@pytest.fixture
async def world(servers: Servers) -> AsyncIterator[World]:
    """The story, stored."""
    database = f"test-{uuid.uuid4().hex[:12]}"
    mongo = MongoStores(servers.mongodb_url, database)
    redis = RedisStores(servers.redis_url, epochs=mongo.epochs)
    await servers.create_topics(*TOPICS)
    world = World(
        mongo,
        redis,
        {
            "QUIZLINE_KAFKA_BOOTSTRAP": servers.kafka_bootstrap,
            "QUIZLINE_MONGODB_URL": servers.mongodb_url,
            "QUIZLINE_MONGODB_DATABASE": database,
            "QUIZLINE_REDIS_URL": servers.redis_url,
        },
    )
    await seed(world)
    yield world
    await redis.close()
    mongo.close()


async def test_function_given_the_golden_events_three_times_shuffled_emits_the_same_ids(
    servers: Servers, world: World
) -> None:
    """Whatever the order and however often, the board is the one of the story and every id comes again."""
    deliveries = [
        (function, _golden(name))
        for function in FUNCTIONS
        for name in (*TAKES[function], *SESSION_EVENTS, "session.rebuild-requested")
    ] * 3
    random.Random(7).shuffle(deliveries)
    async with AsyncExitStack() as stack, _Log(servers) as log:
        running = {
            name: await stack.enter_async_context(running_function(name, world.environment)) for name in FUNCTIONS
        }
        for function, event in deliveries:
            reply = await running[function].post_event(event)
            assert reply.status == 200, f"{function} on {event.type.name}: {reply}"
        emitted = await log.events()
    board = (await world.mongo.snapshots.get(SESSION_ID)) or pytest.fail("expected a board, got none")
    recomputed = leaderboard_of(await world.mongo.scores.all(SESSION_ID))
    assert (board.version, board.entries) == (recomputed.version, recomputed.entries)
    assert {event.id for event in emitted} >= {
        _golden(name).id for name in ("player.joined", "answer.accepted", "score.updated")
    }
    bodies: dict[str, Event] = {}
    for event in emitted:
        assert bodies.setdefault(event.id, event) == event


@pytest.mark.parametrize("function", FUNCTIONS)
async def test_function_given_malformed_events_answers_422_and_goes_on(function: str, world: World) -> None:
    """A poisoned event is refused for good, with expected and got, and the next one is handled."""
    async with running_function(function, world.environment) as running:
        golden = _golden(TAKES[function][0])
        headers = _headers(golden)
        broken = [
            await running.post(headers, b"{not json"),
            await running.post(headers, b"[]"),
            await running.post({**headers, "ce-type": "app.quizline.nothing.happened.v1"}, b"{}"),
            await running.post_event(replace(golden, type=_golden(_not_taken(function)).type)),
        ]
        assert [reply.status for reply in broken] == [422] * 4, broken
        assert all("expected" in reply.text.lower() for reply in broken), broken
        assert (await running.post_event(golden)).status == 200


async def test_function_whose_store_is_away_answers_503_and_then_recovers(servers: Servers, world: World) -> None:
    """A passing fault is told as such; the same event succeeds once the store is back."""
    async with running_function("score", world.environment) as running:
        event = _golden("answer.accepted")
        await servers.kill("mongodb")
        try:
            away = await running.post_event(event)
        finally:
            await servers.restart("mongodb")
        assert away.status == 503, away
        assert (await running.post_event(event)).status == 200


async def test_function_without_a_setting_does_not_serve_and_names_it(world: World) -> None:
    """A missing variable stops the start."""
    environment = {**world.environment, "QUIZLINE_MONGODB_URL": ""}
    with pytest.raises(AssertionError, match="expected a running function"):
        async with running_function("score", environment):
            pytest.fail("expected no function to run")


def _golden(name: str) -> Event:
    return from_json((EVENTS / f"{name}.json").read_bytes())


def _not_taken(function: str) -> str:
    return "score.updated" if function != "rank" else "answer.submitted"


def _headers(event: Event) -> dict[str, str]:
    return {
        "ce-specversion": "1.0",
        "ce-id": event.id,
        "ce-type": event.type.name,
        "ce-source": event.source,
        "ce-subject": event.subject,
        "content-type": "application/json",
    }


class _Log:
    """What is written to all topics between entering and reading."""

    def __init__(self, servers: Servers) -> None:
        self._consumer = AIOKafkaConsumer(bootstrap_servers=servers.kafka_bootstrap, enable_auto_commit=False)

    async def __aenter__(self) -> "_Log":
        await self._consumer.start()
        partitions = [TopicPartition(topic, number) for topic in TOPICS for number in range(3)]
        self._consumer.assign(partitions)
        self._from = await self._consumer.end_offsets(partitions)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()

    async def events(self) -> list[Event]:
        """Everything up to now."""
        until = await self._consumer.end_offsets(list(self._from))
        for partition, offset in self._from.items():
            self._consumer.seek(partition, offset)
        missing = sum(until[partition] - offset for partition, offset in self._from.items())
        events: list[Event] = []
        while len(events) < missing:
            record = await self._consumer.getone()
            events.append(from_record(dict(record.headers), record.value))
        return events
