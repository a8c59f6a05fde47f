"""A function as Knative serves it: its instances, what each may have in flight, and the queue before them.

Owns routing, scaling and replacement: what activator, queue-proxy, autoscaler and ReplicaSet do there.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping

import aiohttp
import structlog

from knative.local.runner.autoscaler import Autoscaler, ConcurrencyMeter
from knative.local.runner.delivery import Answer
from knative.local.runner.instance import Instance

TICK_S = 1.0
_FIRST_RESTART_PAUSE_S, _LAST_RESTART_PAUSE_S = 0.25, 10.0

_log = structlog.get_logger()


class Revision:
    """`launch` makes an instance that is not started yet; `concurrency` 0 means without limit."""

    def __init__(
        self,
        name: str,
        *,
        autoscaler: Autoscaler,
        launch: Callable[[], Instance],
        session: aiohttp.ClientSession,
        concurrency: int,
        grace_s: float,
    ) -> None:
        self.name = name
        self.cold_starts = 0
        self.peak_instances = 0
        self._autoscaler = autoscaler
        self._launch = launch
        self._session = session
        self._concurrency = concurrency or 2**31
        self.grace_s = grace_s
        self._instances: list[Instance] = []
        self._queue: deque[asyncio.Future[Instance]] = deque()
        self._meter = ConcurrencyMeter(now_s=time.monotonic())
        self._wanted = autoscaler.within_limits(0)
        self._failed_starts = 0
        self._no_start_before_s = 0.0
        self._lives: asyncio.TaskGroup | None = None
        self._stopping = asyncio.Event()

    @property
    def instances(self) -> int:
        return len(self._instances)

    @property
    def ready(self) -> int:
        return sum(instance.ready for instance in self._instances)

    @property
    def in_flight(self) -> int:
        """Requests that an instance has."""
        return sum(instance.in_flight for instance in self._instances)

    @property
    def queued(self) -> int:
        """Requests that wait for an instance."""
        return len(self._queue)

    async def run(self) -> None:
        """Scale until `stop`, then end every instance."""
        async with asyncio.TaskGroup() as self._lives:
            self._reconcile()
            while not await self._stopped_within(TICK_S):
                now_s = time.monotonic()
                self._autoscaler.observe(self._meter.take(now_s=now_s), now_s=now_s)
                # Never zero under a request that came this very moment.
                self._wanted = max(
                    self._autoscaler.desired(ready=self.ready, now_s=now_s), min(1, self._meter.level)
                )
                self._reconcile()
            self._wanted = 0
            self._reconcile()

    def stop(self) -> None:
        """End: requests in flight are finished, for at most the grace of an instance."""
        self._stopping.set()

    async def request(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send to the instance with the least in flight; wait for one if all are full or there is none.

        Raises Unreachable. Cancelling it gives up the place in the queue.
        """
        self._meter.change(+1, now_s=time.monotonic())
        try:
            instance = self._reserved() or await self._turn()
            try:
                return await instance.post(self._session, headers, body)
            finally:
                self._release(instance)
        finally:
            self._meter.change(-1, now_s=time.monotonic())

    def _reserved(self) -> Instance | None:
        """A place at the least busy instance, or None."""
        chosen: Instance | None = None
        for instance in self._instances:
            if not instance.ready or instance.retiring or instance.in_flight >= self._concurrency:
                continue
            if chosen is None or instance.in_flight < chosen.in_flight:
                chosen = instance
        if chosen is not None:
            chosen.in_flight += 1
            chosen.idle.clear()
        return chosen

    async def _turn(self) -> Instance:
        place: asyncio.Future[Instance] = asyncio.get_running_loop().create_future()
        self._queue.append(place)
        if self._wanted == 0 and not self._stopping.is_set():
            self._wanted = 1
            self._reconcile()
        try:
            return await place
        except asyncio.CancelledError:
            if not place.cancelled():
                self._release(place.result())
            elif place in self._queue:
                self._queue.remove(place)
            raise

    def _release(self, instance: Instance) -> None:
        instance.in_flight -= 1
        if instance.in_flight == 0:
            instance.idle.set()
        self._admit()

    def _admit(self) -> None:
        """Give free places to those who wait, in order."""
        while self._queue:
            if self._queue[0].done():  # cancelled
                self._queue.popleft()
                continue
            instance = self._reserved()
            if instance is None:
                return
            self._queue.popleft().set_result(instance)

    def _reconcile(self) -> None:
        """Start what is missing, retire what is too much."""
        assert self._lives is not None
        staying = [instance for instance in self._instances if not instance.retiring]
        if time.monotonic() >= self._no_start_before_s:
            for _ in range(self._wanted - len(staying)):
                instance = self._launch()
                self._instances.append(instance)
                self._lives.create_task(self._live(instance))
        surplus = sorted(staying, key=lambda instance: (instance.ready, instance.in_flight))
        for instance in surplus[: max(0, len(staying) - self._wanted)]:
            instance.retiring = True
            self._lives.create_task(self._retire(instance))

    async def _live(self, instance: Instance) -> None:
        """From start to end. One that ended by itself is replaced at once, after a pause if it never started."""
        code = await instance.run(lambda cold_start_ms: self._on_ready(instance, cold_start_ms))
        self._instances.remove(instance)
        if instance.retiring:
            return
        _log.warning("instance_ended", instance=instance.name, exit_code=code)
        if not instance.started:
            pause_s = min(_FIRST_RESTART_PAUSE_S * 2**self._failed_starts, _LAST_RESTART_PAUSE_S)
            self._failed_starts += 1
            self._no_start_before_s = time.monotonic() + pause_s
            if await self._stopped_within(pause_s):
                return
        self._reconcile()

    def _on_ready(self, instance: Instance, cold_start_ms: float) -> None:
        self._failed_starts = 0
        self.cold_starts += 1
        self.peak_instances = max(self.peak_instances, self.ready)
        _log.info("instance_ready", instance=instance.name, pid=instance.pid, cold_start_ms=round(cold_start_ms))
        self._admit()

    async def _retire(self, instance: Instance) -> None:
        """Nothing new goes to it; it ends once what it has is finished."""
        try:
            async with asyncio.timeout(self.grace_s):
                await instance.idle.wait()
        except TimeoutError:
            _log.warning("instance_not_drained", instance=instance.name, in_flight=instance.in_flight)
        await instance.stop(self.grace_s)

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return False
        return True
