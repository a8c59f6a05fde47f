"""Due times in one sorted set: session|version|command → when (Unix ms)."""

from collections.abc import Sequence

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.adapters.redis.script import Script
from shared.domain.errors import TransientFailure
from shared.domain.session import Command
from shared.ports.deadlines import Deadline

KEY = "quizline:deadlines"
MOST_AT_ONCE = 100
ANNOUNCE = "announce"


class RedisDeadlines:
    """Implements shared.ports.deadlines.Deadlines."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._claim = Script(redis, "deadlines_claim")

    async def schedule(self, deadline: Deadline, *, due_ms: int) -> None:
        try:
            await self._redis.zadd(KEY, {_member(deadline): due_ms})
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: deadlines: {error}") from error

    async def claim_due(self, *, now_ms: int, lease_ms: int = 2_000) -> Sequence[Deadline]:
        members = await self._claim(keys=[KEY], args=(now_ms, now_ms + lease_ms, MOST_AT_ONCE))
        return [_deadline(member.decode()) for member in members]

    async def done(self, deadline: Deadline) -> None:
        try:
            await self._redis.zrem(KEY, _member(deadline))
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: deadlines: {error}") from error


def _member(deadline: Deadline) -> str:
    return f"{deadline.session_id}|{deadline.version}|{deadline.command or ANNOUNCE}"


def _deadline(member: str) -> Deadline:
    session_id, version, command = member.rsplit("|", 2)
    return Deadline(session_id, int(version), None if command == ANNOUNCE else Command(command))
