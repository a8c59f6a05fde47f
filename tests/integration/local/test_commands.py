"""`quizline up`, `status`, `invoke` and `down` as a person uses them, in a home of their own."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pymongo
import pytest

from knative.local.home import Home
from knative.local.ports import free_ports, is_free
from knative.local.state import State, read_state
from tests.integration.local.waiting import is_alive, wait_until

QUIZLINE = str(Path(sysconfig.get_path("scripts")) / "quizline")
FIXTURES = Path(__file__).parents[2] / "events"
UP_WITHIN_S = 60.0

pytestmark = pytest.mark.timeout(180)


class Terminal:
    """Where somebody works in one home."""

    def __init__(self, home: Path, *, port: int) -> None:
        self.home = Home(home)
        self.port = port
        mine = {name: value for name, value in os.environ.items() if not name.startswith("QUIZLINE_")}
        self._environment = {**mine, "QUIZLINE_HOME": str(home), "QUIZLINE_PORT": str(port)}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command, to its end."""
        return subprocess.run(
            [QUIZLINE, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=UP_WITHIN_S,
            check=False,
        )

    @contextmanager
    def up(self) -> Iterator["Up"]:
        """`quizline up`, from when it says so."""
        with subprocess.Popen(
            [QUIZLINE, "up"],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            up = Up(process, self.home)
            try:
                up.wait_for("  host ")
                yield up
            finally:
                if process.poll() is None:
                    process.kill()


class Up:
    """A running `quizline up`."""

    def __init__(self, process: subprocess.Popen[str], home: Home) -> None:
        self._process = process
        self._home = home
        self.printed: list[str] = []

    @property
    def state(self) -> State:
        return read_state(self._home)

    def wait_for(self, text: str) -> None:
        """Read on until a line has `text`."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.printed.append(line)
            if text in line:
                return
        raise AssertionError(f"expected a line with {text!r}, got " + "".join(self.printed))

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def has_ended_after(self, number: signal.Signals) -> bool:
        """Send the signal once more; whether that is no longer needed."""
        if self._process.poll() is None:
            self.send(number)
        return self._process.poll() is not None

    def wait(self) -> int:
        """Its exit code, once it has said everything."""
        printed, _ = self._process.communicate(timeout=UP_WITHIN_S)
        self.printed.append(printed)
        return self._process.returncode


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    [port] = free_ports(1)
    return Terminal(tmp_path / "home", port=port)


def everything_of(state: State) -> list[int]:
    """The process ids of a running system, functions included."""
    supervisor = psutil.Process(state.pid)
    return [process.pid for process in (supervisor, *supervisor.children(recursive=True))]


def test_up_and_down_serve_keep_data_and_leave_nothing(terminal: Terminal) -> None:
    """The life of a system: up, looked at, invoked, refused a twin, down, up again with its data."""
    with terminal.up() as up:
        assert f"http://localhost:{terminal.port}" in "".join(up.printed)
        state = up.state
        assert {"kafka", "mongodb", "redis", "runner", "gateway-0", "gateway-1"} == set(state.processes)

        twin = terminal.run("up")
        assert twin.returncode == 2
        assert re.search(rf"process {state.pid}, {state.player_url}", twin.stderr)
        assert "Traceback" not in twin.stderr

        invoked = terminal.run("invoke", "score", str(FIXTURES / "answer.accepted.json"), "--json")
        assert invoked.returncode == 0, invoked.stderr
        outcome = json.loads(invoked.stdout)
        emitted = json.loads((FIXTURES / "score.updated.json").read_text())
        assert [event["id"] for event in outcome["emitted"]] == [emitted["id"]]
        assert outcome["emitted"][0]["data"] == emitted["data"]
        assert any(change["place"].startswith("mongodb scores ") for change in outcome["changes"])

        status = json.loads(terminal.run("status", "--json").stdout)
        assert status["functions"]["score"]["cold_starts"] >= 1
        assert status["processes"] == state.processes
        assert state.token_secret not in json.dumps(status)

        check_quiz_goes_in_and_out(terminal)

        processes = everything_of(state)
        assert terminal.run("down").returncode == 0
        assert up.wait() == 0
        assert not [pid for pid in processes if is_alive(pid)]
    assert terminal.run("status").returncode == 2

    with terminal.up() as up:
        with pymongo.MongoClient[dict[str, object]](up.state.mongodb) as client:
            assert client["quizline"]["scores"].count_documents({}) == 1
        up.send(signal.SIGINT)
        assert up.wait() == 0
        assert "down; data are kept" in up.printed[-1]


def check_quiz_goes_in_and_out(terminal: Terminal) -> None:
    """What is imported is exported, imported again as the very same quiz, and named by the same id."""
    bank = terminal.home.root.parent / "bank.csv"
    bank.write_text("Question;Answer 1;Answer 2;Correct\n=1+1?;Two;Three;1\n", encoding="utf-8")
    published = terminal.run("import", str(bank))
    assert published.returncode == 0, published.stderr
    quiz_id = re.search(r"as quiz (\S+),", published.stdout)
    assert quiz_id is not None, published.stdout
    for format in ("json", "csv"):
        out = bank.with_name(f"out.{format}")
        exported = terminal.run("export", quiz_id[1], "--format", format, "--out", str(out))
        assert exported.returncode == 0, exported.stderr
        assert f"as quiz {quiz_id[1]}," in terminal.run("import", str(out)).stdout
    assert "expected a quiz that is published" in terminal.run("export", "none").stderr


def test_up_killed_leaves_nothing_and_starts_again(terminal: Terminal) -> None:
    """kill -9 of the supervisor ends all parts, functions too; the next start is not in anybody's way."""
    with terminal.up() as up:
        assert terminal.run("invoke", "score", str(FIXTURES / "answer.accepted.json")).returncode == 0
        processes = everything_of(up.state)
        assert len(processes) >= 8, "expected a function's instance among them"
        up.send(signal.SIGKILL)
        up.wait()
        wait_until(lambda: not [pid for pid in processes if is_alive(pid)])
    with terminal.up() as up:
        up.send(signal.SIGTERM)
        assert up.wait() == 0


def test_up_interrupted_twice_ends_at_once(terminal: Terminal) -> None:
    """Whoever presses Ctrl-C again does not want to wait for a part that hangs."""
    with terminal.up() as up:
        processes = everything_of(up.state)
        os.kill(up.state.processes["kafka"], signal.SIGSTOP)
        up.send(signal.SIGINT)
        up.wait_for("stopping")
        wait_until(lambda: up.has_ended_after(signal.SIGINT))
        assert up.wait() == 130
        wait_until(lambda: not [pid for pid in processes if is_alive(pid)])


def test_up_at_a_taken_port_is_refused_before_it_serves(terminal: Terminal) -> None:
    """A named port is that one or none."""
    holder = subprocess.Popen([sys.executable, "-m", "http.server", str(terminal.port)], stderr=subprocess.DEVNULL)
    with holder:
        wait_until(lambda: not is_free(terminal.port, host="0.0.0.0"))
        refused = terminal.run("up")
        holder.kill()
    assert refused.returncode == 2
    assert f"port {terminal.port} is in use" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_invoke_without_a_system_starts_one_for_the_call(terminal: Terminal) -> None:
    """One word is enough to see a function work; a malformed event is answered 422 and shown."""
    bad = terminal.home.root.parent / "bad.json"
    bad.write_text('{"specversion": "1.0", "type": "no.such", "source": "/me", "id": "1"}')
    refused = terminal.run("invoke", "score", str(bad))
    assert refused.returncode == 1
    assert "422" in refused.stdout
    assert "emitted nothing" in refused.stdout
    assert terminal.run("status").returncode == 2


def test_clean_while_a_system_runs_is_refused(terminal: Terminal) -> None:
    """Nobody's data are pulled from under their feet."""
    terminal.home.prepare()
    with terminal.home.lock_file.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused = terminal.run("clean")
    assert refused.returncode == 2
    assert terminal.home.root.exists()
