"""Store what the golden events tell of, in the stores that the environment names: `python -m tests.events.seed`.

With it, submit and score find the session, quiz and players of the fixtures. Safe to repeat.
"""

import asyncio
import os
from dataclasses import dataclass

from shared.adapters.mongo import MongoStores
from shared.adapters.redis import RedisStores
from shared.adapters.sessions import CachedSessions
from shared.config import function_settings
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions
from tests.story import seed, seed_self_paced


@dataclass(frozen=True, slots=True)
class RealPorts:
    """The stores of a running system."""

    sessions: Sessions
    quizzes: Quizzes
    players: Players


async def main() -> None:
    settings = function_settings(os.environ)
    mongo = MongoStores(settings.mongodb_url, settings.mongodb_database)
    redis = RedisStores(settings.redis_url, epochs=mongo.epochs)
    try:
        ports = RealPorts(CachedSessions(mongo.sessions, redis.session_cache), mongo.quizzes, mongo.players)
        await seed(ports)
        await seed_self_paced(ports)
    finally:
        await redis.close()
        mongo.close()


if __name__ == "__main__":
    asyncio.run(main())
