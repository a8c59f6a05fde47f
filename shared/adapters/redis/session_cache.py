"""The newest known state of each session, so that an answer costs no database read."""

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.adapters.redis.script import TTL_S, Script, session_key
from shared.domain.errors import TransientFailure
from shared.domain.session import Session


class RedisSessionCache:
    """A late put of an older state changes nothing."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._put = Script(redis, "session_put")
        self._decoder = msgspec.json.Decoder(Session)

    async def put(self, session: Session) -> None:
        """Raises TransientFailure."""
        args = (session.version, msgspec.json.encode(session), TTL_S)
        await self._put(keys=[session_key(session.id, "session")], args=args)

    async def get(self, session_id: str) -> Session | None:
        """Raises TransientFailure."""
        try:
            body = await self._redis.hget(session_key(session_id, "session"), "body")
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: session: {error}") from error
        return None if body is None else self._decoder.decode(body)
