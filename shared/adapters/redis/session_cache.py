"""The newest known state of each session, so that an answer costs no database read."""

from collections.abc import Sequence

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.adapters.gathering import Gathering
from shared.adapters.redis.script import MOST_AT_ONCE, TTL_S, Script, session_key
from shared.domain.errors import TransientFailure
from shared.domain.session import Session


class RedisSessionCache:
    """A late put of an older state changes nothing. Who asks while a read is under way shares the next one."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._put = Script(redis, "session_put")
        self._decoder = msgspec.json.Decoder(Session)
        self._reads = Gathering[str, Session | None](self._read, most=MOST_AT_ONCE)

    async def put(self, session: Session) -> None:
        """Raises TransientFailure."""
        args = (session.version, msgspec.json.encode(session), TTL_S)
        await self._put(keys=[session_key(session.id, "session")], args=args)

    async def get(self, session_id: str) -> Session | None:
        """Raises TransientFailure."""
        try:
            return await self._reads.ask(session_id)
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: session: {error}") from error

    async def _read(self, session_ids: list[str]) -> Sequence[Session | None]:
        """Each session once, however many ask for it."""
        keys = list(dict.fromkeys(session_ids))
        if len(keys) == 1:
            bodies = [await self._redis.hget(session_key(keys[0], "session"), "body")]
        else:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for session_id in keys:
                    pipeline.hget(session_key(session_id, "session"), "body")
                bodies = await pipeline.execute()
        found = dict(zip(keys, map(self._decoded, bodies), strict=True))
        return [found[session_id] for session_id in session_ids]

    def _decoded(self, body: bytes | str | None) -> Session | None:
        return None if body is None else self._decoder.decode(body)
