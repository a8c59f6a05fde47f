"""The parts of a contract suite: the same test bodies over the fakes and over the real servers."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from redis.asyncio import Redis

from shared.adapters.kafka import KafkaPublisher
from shared.adapters.memory import ManualClock, MemorySystem, Part
from shared.adapters.mongo import MongoStores
from shared.adapters.redis import RedisStores
from shared.adapters.sessions import CachedSessions
from shared.config import KafkaSecurity
from shared.events.catalog import TOPICS
from shared.events.event import Event
from tests.contract.kafka_log import read_events
from tests.contract.parts import MOMENT_MS, Parts
from tests.servers import Servers

Connect = Callable[[], Awaitable[Parts]]


@pytest.fixture
def session_id() -> str:
    """A session of this test alone."""
    return uuid.uuid4().hex


@pytest.fixture(params=["memory", "real"])
async def connect(request: pytest.FixtureRequest) -> AsyncIterator[Connect]:
    """Makes one more set of parts on the same stores, as another process would."""
    if request.param == "memory":
        system = MemorySystem(clock=ManualClock())

        async def share() -> Parts:
            return _memory_parts(system)

        yield share
        return
    servers: Servers = request.getfixturevalue("servers")
    for topic in TOPICS:
        await servers.create_topic(topic)
    database = f"contract-{uuid.uuid4().hex}"
    async with AsyncExitStack() as stack:

        async def connected() -> Parts:
            return await stack.enter_async_context(_real_parts(servers, database))

        yield connected


@pytest.fixture
async def parts(connect: Connect) -> Parts:
    """The parts under test."""
    return await connect()


@pytest.fixture
async def twin(parts: Parts, connect: Connect) -> Parts:
    """The parts of a second process on the same stores."""
    return await connect()


def _memory_parts(system: MemorySystem) -> Parts:
    async def wipe() -> None:
        system.redis.wipe()

    async def kill(part: Part) -> None:
        if part is Part.REDIS:
            system.redis.go_away()
        system.faults.away.add(part)

    async def restart(part: Part) -> None:
        system.faults.away.discard(part)

    async def moment() -> None:
        system.clock.advance(MOMENT_MS)
        await asyncio.sleep(0)

    async def published(session_id: str, count: int) -> list[Event]:
        events = [event for event in system.publisher.events if event.subject == session_id]
        assert len(events) >= count
        return events

    return Parts(
        sessions=system.sessions,
        quizzes=system.quizzes,
        library=system.library,
        drafts=system.drafts,
        images=system.images,
        players=system.players,
        answers=system.answers,
        scores=system.scores,
        snapshots=system.snapshots,
        board=system.board,
        writer=system.feed,
        reader=system.feed,
        registry=system.registry,
        deadlines=system.deadlines,
        limits=system.limits,
        clock=system.clock,
        publisher=system.publisher,
        wipe=wipe,
        kill=kill,
        restart=restart,
        moment=moment,
        published=published,
    )


@asynccontextmanager
async def _real_parts(servers: Servers, database: str) -> AsyncIterator[Parts]:
    mongo = MongoStores(servers.mongodb_url, database)
    redis = RedisStores(servers.redis_url, epochs=mongo.epochs)
    publisher = KafkaPublisher(servers.kafka_bootstrap, client_id="contract", security=KafkaSecurity())

    async def wipe() -> None:
        async with Redis.from_url(servers.redis_url) as client:
            await client.flushall()

    async def kill(part: Part) -> None:
        await servers.kill(part)

    async def restart(part: Part) -> None:
        await servers.restart(part)

    async def moment() -> None:
        await asyncio.sleep(MOMENT_MS / 1_000)

    async def published(session_id: str, count: int) -> list[Event]:
        return await read_events(servers.kafka_bootstrap, session_id, count)

    await redis.start()
    try:
        yield Parts(
            sessions=CachedSessions(mongo.sessions, redis.session_cache),
            quizzes=mongo.quizzes,
            library=mongo.library,
            drafts=mongo.drafts,
            images=mongo.images,
            players=mongo.players,
            answers=mongo.answers,
            scores=mongo.scores,
            snapshots=mongo.snapshots,
            board=redis.board,
            writer=redis.feed,
            reader=redis.feed,
            registry=redis.registry,
            deadlines=redis.deadlines,
            limits=redis.limits,
            clock=redis.clock,
            publisher=publisher,
            wipe=wipe,
            kill=kill,
            restart=restart,
            moment=moment,
            published=published,
        )
    finally:
        await publisher.stop()
        await redis.close()
        mongo.close()
