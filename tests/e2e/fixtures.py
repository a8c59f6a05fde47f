"""Golden events and what they tell of, brought to a running system."""

import asyncio
from dataclasses import dataclass

import aiohttp

from shared.adapters.mongo import MongoStores
from shared.adapters.redis import RedisStores
from shared.adapters.sessions import CachedSessions
from shared.events.codec import STRUCTURED_CONTENT_TYPE, to_json
from shared.events.event import Event
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions
from tests.e2e.system import Receiver, System
from tests.story import seed, seed_self_paced

WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class StoryPorts:
    sessions: Sessions
    quizzes: Quizzes
    players: Players


async def seed_story(system: System) -> None:
    mongo = MongoStores(system.addresses.mongodb, system.addresses.mongodb_database)
    redis = RedisStores(system.redis_url, epochs=mongo.epochs)
    try:
        ports = StoryPorts(CachedSessions(mongo.sessions, redis.session_cache), mongo.quizzes, mongo.players)
        await seed(ports)
        await seed_self_paced(ports)
    finally:
        await redis.close()
        mongo.close()


async def deliver(http: aiohttp.ClientSession, receiver: Receiver, event: Event) -> None:
    """As a source does: again while the function answers 503."""
    async with asyncio.timeout(WAIT_S):
        while True:
            async with http.post(
                receiver.url,
                data=to_json(event),
                headers={"content-type": STRUCTURED_CONTENT_TYPE, **receiver.headers},
            ) as response:
                if response.status != 503:
                    assert response.status == 200, await response.text()
                    return
