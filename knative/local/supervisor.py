"""Starts the parts of the local system, keeps them running, stops them in order, leaves nothing behind.

Owns every task that watches a process. Order is the caller's: what is started later is stopped earlier.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from knative.local.process import ProcessSpec
from knative.local.process_log import Echo, ProcessLog
from knative.local.supervised import SupervisedProcess


class Supervisor:
    """An async context manager: leaving it stops everything, last started first.

    Enter it in the main thread: a child dies with the thread that started it.
    """

    def __init__(self, *, logs: Path, echo: Echo, changed: Callable[[], None] = lambda: None) -> None:
        """`changed` is called whenever `pids` is another."""
        self._logs = logs
        self._echo = echo
        self._changed = changed
        self._layers: list[list[SupervisedProcess]] = []
        self._parts: dict[str, SupervisedProcess] = {}
        self._files: list[ProcessLog] = []
        self._watchers: list[asyncio.Task[None]] = []
        self._tasks = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self._stop_all()
        finally:
            self.kill_now()
            for watcher in self._watchers:
                watcher.cancel()
            try:
                await self._leave_tasks(error)
            finally:
                for file in self._files:
                    file.close()

    @property
    def pids(self) -> dict[str, int]:
        """Process ids by name, of those that are up now."""
        return {name: part.pid for name, part in self._parts.items() if part.pid is not None}

    async def start(self, *layers: Sequence[ProcessSpec]) -> None:
        """Start all of these side by side; return when all are ready. Stopping, a later layer goes first.

        Raises StartFailed of the first that is not ready.
        """
        adopted = [[self._adopt(spec) for spec in layer] for layer in layers]
        self._layers += adopted
        await _together(part.start() for layer in adopted for part in layer)

    async def kill(self, name: str) -> None:
        """SIGKILL, and keep it down until `restart`."""
        await self._parts[name].kill()

    async def restart(self, name: str) -> None:
        """Start a part that was stopped or killed, at its own address; return when it is ready."""
        await self._parts[name].start()

    def kill_now(self) -> None:
        """SIGKILL to all, without waiting: for the second Ctrl-C, and for what an interrupted stop left."""
        for part in self._parts.values():
            part.kill_now()

    def _adopt(self, spec: ProcessSpec) -> SupervisedProcess:
        log = ProcessLog(name=spec.name, directory=self._logs, echo=_silent if spec.quiet else self._echo)
        part = SupervisedProcess(spec, log=log, echo=self._echo, changed=self._changed)
        self._files.append(log)
        self._parts[spec.name] = part
        self._watchers.append(self._tasks.create_task(part.keep(), name=f"watch {spec.name}"))
        return part

    async def _leave_tasks(self, error: BaseException | None) -> None:
        """The caller's own error is not the group's: it goes on as it is, not wrapped."""
        if isinstance(error, asyncio.CancelledError):
            await self._tasks.__aexit__(type(error), error, error.__traceback__)
        else:
            await self._tasks.__aexit__(None, None, None)

    async def _stop_all(self) -> None:
        for layer in reversed(self._layers):
            await _together(part.stop() for part in layer)


async def _together(steps: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Side by side; the first failure cancels the others and is raised as itself, not as a group."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for step in steps:
                tasks.create_task(step)
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None


def _silent(name: str, line: str) -> None:
    """For a part whose lines nobody wants to watch."""
