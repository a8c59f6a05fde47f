"""Rate limits that all gateways share: one counter per key and window."""

from redis.asyncio import Redis

from shared.adapters.redis.script import Script
from shared.domain.errors import TransientFailure


class RedisLimits:
    """Implements shared.ports.limits.Limits with a fixed window that starts at the first use."""

    def __init__(self, redis: Redis) -> None:
        self._allow = Script(redis, "limits_allow")

    async def allow(self, key: str, *, limit: int, per_ms: int) -> bool:
        try:
            used = await self._allow(keys=[f"limit:{key}"], args=(per_ms,))
        except TransientFailure:
            return True
        return int(used) <= limit
