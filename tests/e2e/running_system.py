"""The whole system as `quizline up` starts it, kept up for a test run; its parts can be killed."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

import psutil

from knative.local.home import Home
from knative.local.play.audit import Addresses
from knative.local.play.stage import addresses_of
from knative.local.state import State
from knative.local.system import LocalSystem
from tests.background import Background

GATEWAYS = 2


class RunningSystem:
    """Two gateways on free ports, in a home of its own."""

    def __init__(self, home: Path) -> None:
        self._home = Home(home)
        self._background = Background(self._run)

    @property
    def state(self) -> State:
        return self._background.held.state

    @property
    def logs(self) -> Path:
        """The folder of them, one file a process."""
        return self._home.logs

    @property
    def addresses(self) -> Addresses:
        return addresses_of(self.state)

    def kill(self, part: str) -> None:
        """kill -9 of a process that the supervisor keeps: it is started again."""
        os.kill(self.state.processes[part], signal.SIGKILL)

    def function_processes(self, name: str) -> list[psutil.Process]:
        """The instances of a function: the runner's children whose environment targets it."""
        children = psutil.Process(self.state.processes["runner"]).children(recursive=True)
        return [child for child in children if _target(child) == name]

    def close(self) -> None:
        self._background.close()

    @asynccontextmanager
    async def _run(self) -> AsyncIterator[LocalSystem]:
        async with LocalSystem(
            home=self._home,
            echo=_silent,
            progress=_Unwatched(),
            gateways=GATEWAYS,
            player_port=0,
            # Each test's host has a library of their own, though all of them sit at this machine.
            environment={"QUIZLINE_GUEST_HOSTS": "on"},
        ) as system:
            yield system


class _Unwatched:
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def step(self, text: str) -> None:
        """Nobody waits for it on a screen."""

    def jars(self, done: int, total: int) -> None:
        """Nor for this."""


def _target(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("FUNCTION_TARGET")
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None


def _silent(name: str, line: str) -> None:
    """Lines stand in the home's logs."""
