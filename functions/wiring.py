"""The real parts behind a function's ports. Drivers are imported here, on the first event, not at start."""

from typing import TYPE_CHECKING

from shared.config import FunctionSettings

if TYPE_CHECKING:
    from shared.adapters.kafka import KafkaPublisher
    from shared.adapters.mongo import MongoStores
    from shared.adapters.redis import RedisStores
    from shared.adapters.sessions import CachedSessions
    from shared.ports.clock import Clock


class Parts:
    """What the functions share in wiring, each made on first use: a function loads only what it names."""

    def __init__(self, settings: FunctionSettings, *, client_id: str) -> None:
        self._settings = settings
        self._client_id = client_id
        self._mongo: MongoStores | None = None
        self._redis: RedisStores | None = None

    async def publisher(self) -> "KafkaPublisher":
        """Connected, so that the event that warms a function has paid for it. Raises TransientFailure."""
        from shared.adapters.kafka import KafkaPublisher

        publisher = KafkaPublisher(
            self._settings.kafka_bootstrap, client_id=self._client_id, security=self._settings.kafka_security
        )
        await publisher.start()
        return publisher

    async def clock(self) -> "Clock":
        """The one clock, synchronised. Raises TransientFailure."""
        await self.redis.start()
        return self.redis.clock

    @property
    def mongo(self) -> "MongoStores":
        from shared.adapters.mongo import MongoStores

        if self._mongo is None:
            self._mongo = MongoStores(self._settings.mongodb_url, self._settings.mongodb_database)
        return self._mongo

    @property
    def redis(self) -> "RedisStores":
        from shared.adapters.redis import RedisStores

        if self._redis is None:
            self._redis = RedisStores(self._settings.redis_url, epochs=self.mongo.epochs)
        return self._redis

    @property
    def sessions(self) -> "CachedSessions":
        from shared.adapters.sessions import CachedSessions

        return CachedSessions(self.mongo.sessions, self.redis.session_cache)
