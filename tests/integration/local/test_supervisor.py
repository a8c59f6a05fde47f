"""The supervisor keeps parts running, stops them whole and in order, and leaves nothing behind."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from knative.local.ports import free_ports, is_free
from knative.local.process import ProcessSpec, base_environment
from knative.local.servers.probes import answers
from knative.local.supervised import StartFailed
from knative.local.supervisor import Supervisor
from tests.integration.local.waiting import is_alive, until, wait_until

HERE = Path(__file__).parent
PART = HERE / "part.py"


class Lines:
    """What was echoed."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str]] = []

    def __call__(self, name: str, line: str) -> None:
        self.all.append((name, line))

    def child_of(self, name: str) -> int:
        """The process id of the part's own child, as it said last."""
        said = [line for who, line in self.all if who == name and line.startswith("child ")]
        return int(said[-1].split()[1])


def part(name: str, port: int, *options: str, stop_within_s: float = 10) -> ProcessSpec:
    return ProcessSpec(
        name=name,
        command=(sys.executable, str(PART), str(port), *options),
        environment=base_environment(),
        directory=HERE,
        is_ready=lambda: answers(port, request=b"PING", reply=b"PONG"),
        ready_within_s=20,
        stop_within_s=stop_within_s,
    )


async def test_part_killed_is_started_again_at_its_port_within_a_second(tmp_path: Path) -> None:
    """Whoever used it reconnects to the same address."""
    [port] = free_ports(1)
    spec = part("one", port)
    async with Supervisor(logs=tmp_path, echo=Lines()) as supervisor:
        await supervisor.start([spec])
        first = supervisor.pids["one"]
        killed_at = time.monotonic()
        os.kill(first, signal.SIGKILL)
        await until(lambda: supervisor.pids.get("one", first) != first)
        assert time.monotonic() - killed_at < 1
        await supervisor.restart("one")  # it is up already: this only waits until it answers
        assert await spec.is_ready()


async def test_part_killed_by_name_stays_away_until_it_is_restarted(tmp_path: Path) -> None:
    """A fault test decides how long a part is away."""
    [port] = free_ports(1)
    async with Supervisor(logs=tmp_path, echo=Lines()) as supervisor:
        await supervisor.start([part("one", port)])
        await supervisor.kill("one")
        assert "one" not in supervisor.pids
        assert is_free(port, host="127.0.0.1")
        await supervisor.restart("one")
        assert not is_free(port, host="127.0.0.1")


async def test_part_that_ends_takes_its_children_with_it(tmp_path: Path) -> None:
    """A killed part's own child would hold its port, its files, its memory."""
    [port] = free_ports(1)
    lines = Lines()
    async with Supervisor(logs=tmp_path, echo=lines) as supervisor:
        await supervisor.start([part("one", port, "parent")])
        child = lines.child_of("one")
        await supervisor.kill("one")
        await until(lambda: not is_alive(child))


async def test_parts_stop_in_the_other_order_of_their_layers(tmp_path: Path) -> None:
    """A server is there for as long as anything uses it."""
    lower, upper = free_ports(2)
    changes: list[tuple[str, ...]] = []
    supervisor = Supervisor(
        logs=tmp_path, echo=Lines(), changed=lambda: changes.append(tuple(sorted(supervisor.pids)))
    )
    async with supervisor:
        await supervisor.start([part("lower", lower)], [part("upper", upper)])
    assert changes[-3:] == [("lower", "upper"), ("lower",), ()]


async def test_part_that_ignores_sigterm_is_killed_at_its_deadline(tmp_path: Path) -> None:
    """Stopping ends, whatever a part does, and says so."""
    [port] = free_ports(1)
    lines = Lines()
    async with Supervisor(logs=tmp_path, echo=lines) as supervisor:
        await supervisor.start([part("one", port, "stubborn", stop_within_s=0.3)])
        pid = supervisor.pids["one"]
    assert not is_alive(pid)
    assert ("quizline", "one did not stop within 0.3 s: killing it") in lines.all


async def test_part_that_cannot_start_fails_with_its_own_words(tmp_path: Path) -> None:
    """Its last lines say why; what was started beside it is stopped."""
    [good, taken] = free_ports(2)
    bad = replace(part("bad", taken), command=(sys.executable, str(PART), "no-port"))
    async with Supervisor(logs=tmp_path, echo=Lines()) as supervisor:
        await supervisor.start([part("good", good)])
        with pytest.raises(StartFailed, match=r"(?s)bad ended before it was ready; it printed:.*ValueError"):
            await supervisor.start([bad])
    assert supervisor.pids == {}
    assert is_free(good, host="127.0.0.1")


async def test_part_without_its_program_fails_and_names_it(tmp_path: Path) -> None:
    """Somebody removed it, or it was never installed."""
    missing = part("gone", 1)
    async with Supervisor(logs=tmp_path, echo=Lines()) as supervisor:
        with pytest.raises(StartFailed, match=r"(?s)gone ended.*could not be started:.*no-such-program"):
            await supervisor.start([replace(missing, command=("no-such-program",))])


async def test_body_error_leaves_the_supervisor_as_it_is(tmp_path: Path) -> None:
    """Not wrapped in a group: commands tell errors apart by their type."""
    with pytest.raises(ZeroDivisionError):
        async with Supervisor(logs=tmp_path, echo=Lines()):
            raise ZeroDivisionError


HOLDER = """
import asyncio, signal, sys
from pathlib import Path
from knative.local.supervisor import Supervisor
from tests.integration.local.test_supervisor import part

async def main():
    echo = lambda name, line: print(name, line, flush=True)
    async with Supervisor(logs=Path(sys.argv[1]), echo=echo) as supervisor:
        await supervisor.start([part("one", int(sys.argv[2]))])
        print("pid", supervisor.pids["one"], flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def test_supervisor_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    """The kernel ends what a supervisor can no longer end."""
    [port] = free_ports(1)
    command = [sys.executable, "-c", HOLDER, str(tmp_path), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[2]) as holder:
        assert holder.stdout is not None
        said = next(line for line in holder.stdout if line.startswith("pid "))
        pid = int(re.sub(r"\D", "", said))
        assert is_alive(pid)
        holder.kill()
    wait_until(lambda: not is_alive(pid))
    wait_until(lambda: is_free(port, host="127.0.0.1"))
