"""Whether this gateway can do its work: the parts it needs answered lately, and its loops run."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog

from gateway.supervision import Supervisor
from shared.domain.errors import TransientFailure

Probe = Callable[[], Awaitable[None]]

# Beyond every time-out of the parts themselves, which end their attempts cleanly.
TIMEOUT_S = 12.0
# Without the feed nothing moves, without the log no answer is taken. The database is not asked while people play.
VITAL = ("redis", "kafka")
# One missed answer is not an outage: each part is asked so many times within it.
LATELY_S = 8.0
_ASKED_TIMES = 4

logger = structlog.get_logger()


class Readiness:
    """`probes`: a call for each part that returns if the part answers, and raises TransientFailure if not."""

    def __init__(self, *, probes: Mapping[str, Probe], supervisor: Supervisor, lately_s: float = LATELY_S) -> None:
        self.is_draining = False
        self._probes = probes
        self._supervisor = supervisor
        self._lately_s = lately_s
        self._answered_s: dict[str, float] = {}

    async def run(self) -> None:
        """Loop: ask every part, each at its own pace: one that hangs must not make the others look away."""
        async with asyncio.TaskGroup() as group:
            for name, probe in self._probes.items():
                group.create_task(self._keep_asking(name, probe))

    async def probe(self) -> None:
        """Ask every part once."""
        async with asyncio.TaskGroup() as group:
            for name, probe in self._probes.items():
                group.create_task(self._ask(name, probe))

    def problems(self) -> list[str]:
        """Why it is not ready; empty when it is."""
        away = [f"{name} away" for name in self._away()]
        failing = [f"loop {name} failing" for name in self._supervisor.failing()]
        draining = ["draining"] if self.is_draining else []
        return draining + away + failing

    def cut_off_from(self) -> list[str]:
        """The parts without which nobody can play here, of those that are away: they have been there before."""
        return [name for name in self._away() if name in VITAL and name in self._answered_s]

    def _away(self) -> list[str]:
        oldest_s = time.monotonic() - self._lately_s
        return [name for name in self._probes if self._answered_s.get(name, float("-inf")) < oldest_s]

    async def _keep_asking(self, name: str, probe: Probe) -> None:
        while True:
            await self._ask(name, probe)
            await asyncio.sleep(self._lately_s / _ASKED_TIMES)

    async def _ask(self, name: str, probe: Probe) -> None:
        try:
            async with asyncio.timeout(TIMEOUT_S):
                await probe()
        except (TransientFailure, TimeoutError) as failure:
            logger.warning("part_away", part=name, reason=str(failure) or "no answer in time")
        else:
            self._answered_s[name] = time.monotonic()
