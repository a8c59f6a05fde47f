"""A chaos run: first a play without a fault, which tells what is usual; then one play for each fault."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from knative.local.chaos.arena import Arena
from knative.local.chaos.catalogue import BASELINE
from knative.local.chaos.fault import Fault
from knative.local.chaos.questions import chaos_questions
from knative.local.chaos.row import Row
from knative.local.chaos.trial import Trial
from knative.local.home import Home
from knative.local.play.run import Plan
from knative.local.play.stage import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`seed` draws what bots do, and when blows fall."""

    players: int
    questions: int
    seed: int

    def plan(self, fault: Fault) -> Plan:
        return Plan(
            title=f"Chaos: {fault.name}",
            questions=chaos_questions(self.questions),
            players=self.players,
            seed=self.seed,
        )


class Campaign:
    """`rows` plays; `kill_now` ends every process at once, for somebody who will not wait."""

    def __init__(self, faults: Sequence[Fault], size: Size, *, home: Home, tell: Callable[[str], None]) -> None:
        self._faults = faults
        self._size = size
        self._home = home
        self._tell = tell
        self._arena: Arena | None = None
        self._usual_p99_ms: float | None = None

    async def rows(self) -> AsyncIterator[Row]:
        """One after the other, as they are played. Faults that need another system come last."""
        async with self._entered(shifts_clocks=False):
            usual = await self._row(BASELINE)
            self._usual_p99_ms = usual.p99_ms
            yield usual
            for fault in self._faults:
                if not fault.shifts_clocks:
                    yield await self._row(fault)
        for fault in self._faults:
            if fault.shifts_clocks:
                async with self._entered(shifts_clocks=True):
                    yield await self._row(fault)

    def kill_now(self) -> None:
        if self._arena is not None:
            self._arena.system.kill_now()

    @asynccontextmanager
    async def _entered(self, *, shifts_clocks: bool) -> AsyncIterator[None]:
        self._arena = Arena(home=self._home, progress=Told(self._tell), shifts_clocks=shifts_clocks)
        async with self._arena:
            yield

    async def _row(self, fault: Fault) -> Row:
        assert self._arena is not None
        self._tell(f"{fault.name}: {fault.done}")
        trial = Trial(self._arena, fault, self._size.plan(fault), usual_p99_ms=self._usual_p99_ms)
        return await trial.run()
