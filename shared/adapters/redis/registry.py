"""Which gateway holds which session: per session a sorted set, gateway → when its entry runs out (Unix s)."""

import secrets
from collections.abc import Collection, Mapping

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.adapters.redis.script import TTL_S, Script, session_key
from shared.domain.errors import TransientFailure

EXPIRY_S = 15
EPOCH = "quizline:epoch"


class RedisRegistry:
    """Implements shared.ports.registry.Registry."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._hold = Script(redis, "registry_hold")

    async def heartbeat(self, gateway: str, sessions: Mapping[str, int]) -> str:
        if sessions:
            await self._hold(keys=[_key(session_id) for session_id in sessions], args=(gateway, EXPIRY_S, TTL_S))
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.set(EPOCH, secrets.token_hex(8), nx=True)
                pipeline.get(EPOCH)
                connections = f"gateway:{gateway}:sessions"
                pipeline.delete(connections)
                if sessions:
                    pipeline.hset(connections, mapping=dict(sessions.items()))
                    pipeline.expire(connections, EXPIRY_S)
                reply = await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: heartbeat: {error}") from error
        epoch: bytes = reply[1]
        return epoch.decode()

    async def hold(self, gateway: str, session_id: str) -> None:
        await self._hold(keys=[_key(session_id)], args=(gateway, EXPIRY_S, TTL_S))

    async def release(self, gateway: str, sessions: Collection[str]) -> None:
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for session_id in sessions:
                    pipeline.zrem(_key(session_id), gateway)
                await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: release: {error}") from error


def _key(session_id: str) -> str:
    return session_key(session_id, "gateways")
