"""What a running system tells other commands about itself: run/state.json, and a lock that says it is alive.

The file holds the token secret, so it is for this user only. The lock, not the file, decides whether a system
runs: a killed one leaves its file behind, but never its lock.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from knative.local.home import Home

_NOTHING_RUNS = "no system runs in {}; start one with `quizline up`"


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses and process ids. `kafka` is host:port; `processes` are those that are up, by name."""

    pid: int
    player_url: str
    gateway_urls: list[str]
    kafka: str
    mongodb: str
    redis: str
    runner_url: str
    token_secret: str
    processes: dict[str, int]

    @property
    def host_url(self) -> str:
        """Where the host's page is."""
        return f"{self.player_url}/host"

    def __repr__(self) -> str:
        return f"State(pid={self.pid}, player_url={self.player_url!r})"  # no secret in a traceback


class NotRunning(Exception):
    """No system runs in this home."""


class AlreadyRunning(Exception):
    """A system runs in this home already; the message names its process and address."""


def write_state(home: Home, state: State) -> None:
    """Atomically: a reader sees the old one or the new one."""
    write_private(home.state_file, msgspec.json.format(msgspec.json.encode(state)))


def read_state(home: Home) -> State:
    """Of the system that runs now. Raises NotRunning."""
    if not is_running(home):
        raise NotRunning(_NOTHING_RUNS.format(home.root))
    try:
        return msgspec.json.decode(home.state_file.read_bytes(), type=State)
    except (OSError, msgspec.DecodeError) as error:
        raise NotRunning(f"the system in {home.root} is still starting or is stopping; try again") from error


def is_running(home: Home) -> bool:
    """Whether some process holds this home's lock."""
    if not home.lock_file.exists():
        return False
    with home.lock_file.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def running_pid(home: Home) -> int:
    """Of the supervisor, also while it starts or stops. Raises NotRunning."""
    if not is_running(home):
        raise NotRunning(_NOTHING_RUNS.format(home.root))
    return int(home.lock_file.read_text())


@contextmanager
def exclusive(home: Home) -> Iterator[None]:
    """Hold this home for as long as the context lasts. Raises AlreadyRunning."""
    with home.lock_file.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_who_runs(home)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            home.state_file.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Replace the file atomically, readable by this user only from its first byte on."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)


def _who_runs(home: Home) -> str:
    try:
        state = msgspec.json.decode(home.state_file.read_bytes(), type=State)
    except (OSError, msgspec.DecodeError):
        return (
            f"a system is starting or stopping in {home.root}; wait for it, or set QUIZLINE_HOME to another folder"
        )
    return (
        f"a system runs already: process {state.pid}, {state.player_url}; "
        "stop it with `quizline down`, or set QUIZLINE_HOME to another folder"
    )
