"""One part that is kept running: started again when it ends unasked, until it is told to stop.

What is wanted (up or down) is a state; one task per part makes it so. Several processes may follow each other
under one name, at one address.
"""

import asyncio
import signal
from collections.abc import Callable

from knative.local.process import ProcessSpec, signal_session, spawned
from knative.local.process_log import Echo, ProcessLog

_FIRST_DELAY_S = 0.2
_LONGEST_DELAY_S = 5.0
_HEALTHY_AFTER_S = 10.0  # a process that lived this long starts over with the first delay
_PROBE_EVERY_S = 0.05
_NOT_STARTED = 127
_DRAIN_WITHIN_S = 1.0  # for output still in the pipe of a process that ended


class StartFailed(Exception):
    """A part ended, or was not ready by its deadline; the message ends with the last lines that it printed."""


class SupervisedProcess:
    """`keep` must run as a task for as long as the part is of interest."""

    def __init__(self, spec: ProcessSpec, *, log: ProcessLog, echo: Echo, changed: Callable[[], None]) -> None:
        self.spec = spec
        self._log = log
        self._echo = echo
        self._changed = changed
        self._wanted = asyncio.Event()
        self._down = asyncio.Event()
        self._down.set()
        self._process: asyncio.subprocess.Process | None = None
        self._exits = 0
        self._unasked_exits = 0

    @property
    def pid(self) -> int | None:
        """None while it is down."""
        return None if self._process is None else self._process.pid

    @property
    def restarts(self) -> int:
        """How often it ended unasked."""
        return self._unasked_exits

    async def keep(self) -> None:
        """Run until cancelled."""
        delay_s = _FIRST_DELAY_S
        loop = asyncio.get_running_loop()
        while True:
            await self._wanted.wait()
            started_at = loop.time()
            code = await self._run_once()
            if not self._wanted.is_set():
                continue
            self._unasked_exits += 1
            if loop.time() - started_at > _HEALTHY_AFTER_S:
                delay_s = _FIRST_DELAY_S
            self._echo(
                "quizline", f"{self.spec.name} ended ({_describe(code)}); starting it again in {delay_s:g} s"
            )
            await asyncio.sleep(delay_s)
            delay_s = min(delay_s * 2, _LONGEST_DELAY_S)

    async def start(self) -> None:
        """Return when it is ready. Raises StartFailed when it ends before, or misses its deadline."""
        exits_before = self._exits
        self._wanted.set()
        try:
            async with asyncio.timeout(self.spec.ready_within_s):
                while not await self.spec.is_ready():
                    if self._exits > exits_before:
                        raise StartFailed(self._explain("ended before it was ready"))
                    await asyncio.sleep(_PROBE_EVERY_S)
        except TimeoutError:
            raise StartFailed(self._explain(f"was not ready within {self.spec.ready_within_s:g} s")) from None

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL when that takes too long. Stays down until `start`. Harmless when already down."""
        self._wanted.clear()
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)  # to it alone: it ends its own children in its own order
        try:
            async with asyncio.timeout(self.spec.stop_within_s):
                await self._down.wait()
        except TimeoutError:
            self._echo(
                "quizline", f"{self.spec.name} did not stop within {self.spec.stop_within_s:g} s: killing it"
            )
            await self.kill()

    async def kill(self) -> None:
        """SIGKILL, as the fault tests do. Stays down until `start`."""
        self.kill_now()
        await self._down.wait()

    def kill_now(self) -> None:
        """SIGKILL without waiting, for the second Ctrl-C."""
        self._wanted.clear()
        if self._process is not None:
            signal_session(self._process.pid, signal.SIGKILL)

    async def _run_once(self) -> int:
        """Start it, follow it to its end, return its exit code; that of a shell when it could not be started."""
        self._down.clear()
        try:
            spec = self.spec
            async with spawned(spec.command, environment=spec.environment, directory=spec.directory) as (
                process,
                output,
            ):
                return await self._follow(process, output)
        except OSError as error:
            self._log.note(f"could not be started: {error}")
            return _NOT_STARTED
        finally:
            self._exits += 1
            self._down.set()

    async def _follow(self, process: asyncio.subprocess.Process, output: asyncio.StreamReader) -> int:
        self._process = process
        self._changed()
        if not self._wanted.is_set():  # told to stop while it was being started
            self.kill_now()
        try:
            async with asyncio.TaskGroup() as tasks:
                copying = tasks.create_task(self._log.copy(output), name=f"log of {self.spec.name}")
                code = await process.wait()
                signal_session(process.pid, signal.SIGKILL)  # what it left in its session goes with it
                await asyncio.wait([copying], timeout=_DRAIN_WITHIN_S)
                copying.cancel()
            return code
        finally:
            signal_session(process.pid, signal.SIGKILL)
            self._process = None
            self._changed()

    def _explain(self, what: str) -> str:
        return "\n".join([f"{self.spec.name} {what}; it printed:", *(f"  {line}" for line in self._log.tail)])


def _describe(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
