"""What gateways share besides the feed, in memory: registry, deadlines, rate limits."""

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.adapters.memory.redis_state import MemoryRedis
from shared.domain.errors import TransientFailure
from shared.ports.deadlines import Deadline

HOLD_MS = 15_000
MAX_CLAIMED = 100


class MemoryRegistry:
    """Satisfies the Registry port on a MemoryRedis."""

    part: ClassVar[Part] = Part.REDIS

    def __init__(self, redis: MemoryRedis | None = None) -> None:
        self._redis = redis or MemoryRedis()

    @property
    def faults(self) -> Faults:
        return self._redis.faults

    @port_call
    async def heartbeat(self, gateway: str, sessions: Mapping[str, int]) -> str:
        for session_id in sessions:
            self._renew(gateway, session_id)
        return str(self._redis.epoch)

    @port_call
    async def hold(self, gateway: str, session_id: str) -> None:
        self._renew(gateway, session_id)

    @port_call
    async def release(self, gateway: str, sessions: Collection[str]) -> None:
        for session_id in sessions:
            self._redis.contents.holders.get(session_id, {}).pop(gateway, None)

    def wipe(self) -> None:
        """Empty the whole MemoryRedis behind this registry."""
        self._redis.wipe()

    def _renew(self, gateway: str, session_id: str) -> None:
        expires_ms = self._redis.clock.now_ms() + HOLD_MS
        self._redis.contents.holders.setdefault(session_id, {})[gateway] = expires_ms


class MemoryDeadlines:
    """Satisfies the Deadlines port on a MemoryRedis."""

    part: ClassVar[Part] = Part.REDIS

    def __init__(self, redis: MemoryRedis | None = None) -> None:
        self._redis = redis or MemoryRedis()

    @property
    def faults(self) -> Faults:
        return self._redis.faults

    @port_call
    async def schedule(self, deadline: Deadline, *, due_ms: int) -> None:
        self._redis.contents.deadlines[deadline] = due_ms

    @port_call
    async def claim_due(self, *, now_ms: int, lease_ms: int = 2_000) -> Sequence[Deadline]:
        times = self._redis.contents.deadlines
        due = sorted((deadline for deadline in times if times[deadline] <= now_ms), key=lambda due: times[due])
        claimed = due[:MAX_CLAIMED]
        times.update(dict.fromkeys(claimed, now_ms + lease_ms))
        return claimed

    @port_call
    async def done(self, deadline: Deadline) -> None:
        self._redis.contents.deadlines.pop(deadline, None)

    def wipe(self) -> None:
        """Empty the whole MemoryRedis behind these deadlines."""
        self._redis.wipe()


class MemoryLimits:
    """Satisfies the Limits port on a MemoryRedis: a count per key, in windows that start at the first use."""

    part: ClassVar[Part] = Part.REDIS

    def __init__(self, redis: MemoryRedis | None = None) -> None:
        self._redis = redis or MemoryRedis()

    @property
    def faults(self) -> Faults:
        return self._redis.faults

    async def allow(self, key: str, *, limit: int, per_ms: int) -> bool:
        try:
            return await self._count(key, per_ms) <= limit
        except TransientFailure:
            return True

    def wipe(self) -> None:
        """Empty the whole MemoryRedis behind these limits."""
        self._redis.wipe()

    @port_call
    async def _count(self, key: str, per_ms: int) -> int:
        now_ms = self._redis.clock.now_ms()
        started_ms, uses = self._redis.contents.uses.get(key, (now_ms, 0))
        started_ms, uses = (started_ms, uses + 1) if now_ms < started_ms + per_ms else (now_ms, 1)
        self._redis.contents.uses[key] = (started_ms, uses)
        return uses
