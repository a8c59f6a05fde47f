"""The connection to Redis and what hangs on it."""

from typing import Protocol

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from shared.adapters.redis.board import RedisBoard
from shared.adapters.redis.clock import RedisClock
from shared.adapters.redis.deadlines import RedisDeadlines
from shared.adapters.redis.feed import RedisFeed
from shared.adapters.redis.limits import RedisLimits
from shared.adapters.redis.registry import RedisRegistry
from shared.adapters.redis.session_cache import RedisSessionCache
from shared.domain.errors import TransientFailure

TIMEOUT_S = 3.0
# More commands than this at once wait for a connection, at most TIMEOUT_S.
MAX_CONNECTIONS = 16


class Epochs(Protocol):
    """Where feed epochs come from: the database (MongoStores.epochs)."""

    async def next(self, session_id: str) -> int: ...


class RedisStores:
    """Every store on one client. Connects on first use, on the running loop; close() it there.

    Commands retry twice on a broken connection: each script is idempotent. Subscriptions never do, because a
    silent reconnect would hide the messages that were missed.
    """

    def __init__(self, url: str, *, epochs: Epochs) -> None:
        self._client = _client(url, Retry(ExponentialBackoff(cap=0.2, base=0.02), 2))
        self._subscriber = _client(url, Retry(NoBackoff(), 0))
        self.board = RedisBoard(self._client)
        self.feed = RedisFeed(self._client, subscriber=self._subscriber, epochs=epochs)
        self.registry = RedisRegistry(self._client)
        self.deadlines = RedisDeadlines(self._client)
        self.limits = RedisLimits(self._client)
        self.clock = RedisClock(self._client)
        self.session_cache = RedisSessionCache(self._client)

    async def start(self) -> None:
        """Synchronise the clock; from then on it is kept. The gateway and the submit function need it.

        Raises TransientFailure.
        """
        await self.clock.start()

    async def ping(self) -> None:
        """Return if the server answers. Raises TransientFailure."""
        try:
            await self._client.ping()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: ping: {error}") from error

    async def close(self) -> None:
        """Stop the clock and close all connections. Idempotent."""
        await self.clock.stop()
        await self._client.aclose()
        await self._subscriber.aclose()


def _client(url: str, retry: Retry) -> Redis:
    pool = BlockingConnectionPool.from_url(
        url,
        timeout=TIMEOUT_S,
        retry=retry,
        retry_on_error=[RedisConnectionError, RedisTimeoutError],
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        max_connections=MAX_CONNECTIONS,
    )
    return Redis.from_pool(pool)
