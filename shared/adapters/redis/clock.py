"""The one clock: this process's monotonic clock, set by Redis TIME and set again every ten seconds."""

import asyncio
import time

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.domain.errors import TransientFailure

RESYNC_S = 10.0
SAMPLES = 3


class RedisClock:
    """Implements shared.ports.clock.Clock. This machine's wall clock is never read.

    The offset is the best of three round trips, so wrong by at most half the shortest one. While Redis is away the
    last offset goes on.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._offset_ms: float | None = None
        self._resync: asyncio.Task[None] | None = None

    def now_ms(self) -> int:
        if self._offset_ms is None:
            raise TransientFailure("clock: expected to be synchronised with Redis first")
        return round(time.monotonic() * 1_000 + self._offset_ms)

    async def start(self) -> None:
        """Synchronise, and keep synchronised until stop(). Raises TransientFailure."""
        await self._synchronise()
        if self._resync is None:
            self._resync = asyncio.create_task(self._keep_synchronised())

    async def stop(self) -> None:
        if self._resync is not None:
            self._resync.cancel()
            await asyncio.gather(self._resync, return_exceptions=True)
            self._resync = None

    async def _keep_synchronised(self) -> None:
        while True:
            await asyncio.sleep(RESYNC_S)
            try:
                await self._synchronise()
            except TransientFailure:
                continue

    async def _synchronise(self) -> None:
        best: tuple[float, float] | None = None
        for _ in range(SAMPLES):
            before = time.monotonic()
            try:
                seconds, microseconds = await self._redis.time()
            except (RedisError, OSError) as error:
                raise TransientFailure(f"Redis: TIME: {error}") from error
            round_trip = time.monotonic() - before
            offset_ms = seconds * 1_000 + microseconds / 1_000 - (before + round_trip / 2) * 1_000
            if best is None or round_trip < best[0]:
                best = (round_trip, offset_ms)
        assert best is not None
        self._offset_ms = best[1]
