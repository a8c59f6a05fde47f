"""Starting one child so that it can be ended whole: a session of its own, and death when its starter dies.

Refuses to know when or how often: that is the supervisor's.
"""

import asyncio
import contextlib
import ctypes
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SSL_CERT_FILE", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessSpec:
    """One part of the local system, and how to tell that it serves.

    `is_ready` answers within a second or two and never raises for a part that is merely not up yet.
    `stop_within_s`: how long after SIGTERM it may take before SIGKILL. `quiet`: its output goes to its file alone.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    directory: Path
    is_ready: Callable[[], Awaitable[bool]]
    ready_within_s: float = 60.0
    stop_within_s: float = 10.0
    quiet: bool = False


def base_environment() -> dict[str, str]:
    """What every child gets: enough to find programs and its locale, nothing that configures it by accident."""
    return {name: os.environ[name] for name in _INHERITED if name in os.environ}


def program_path(program: str, environment: Mapping[str, str]) -> str:
    """Where a manifest's program is here: an image's `python3` is this interpreter, others are looked up."""
    if program == "python3":
        return sys.executable
    return shutil.which(program, path=environment.get("PATH")) or program


@asynccontextmanager
async def spawned(
    command: Sequence[str], *, environment: Mapping[str, str], directory: Path | None = None
) -> AsyncIterator[tuple[asyncio.subprocess.Process, asyncio.StreamReader]]:
    """Start it; what it prints comes from the reader. The context ends no process. Raises OSError.

    The caller's thread must be the one that lives longest. The pipe is our own: asyncio's Process.wait would wait
    for the end of a pipe that it made, and a child's child may hold that open.
    """
    ours, theirs = os.pipe()
    with ExitStack() as unread:
        file = os.fdopen(ours, "rb", buffering=0)
        unread.callback(_closed, file)
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=theirs,
                stderr=asyncio.subprocess.STDOUT,
                cwd=directory,
                env=dict(environment),
                start_new_session=True,
                preexec_fn=die_with_parent(),  # one system call between fork and exec
            )
        finally:
            os.close(theirs)
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), file
        )
        # The transport closes the file, some time after it is told to. If we did it here, the number would be free
        # at once: another child's pipe gets it, which the loop then takes for the old one, or closes.
        unread.pop_all()
    try:
        yield process, reader
    finally:
        transport.close()


def _closed(file: FileIO) -> None:
    """A transport that could not be made may have closed it already."""
    with contextlib.suppress(OSError):
        file.close()


def die_with_parent() -> Callable[[], None]:
    """For `preexec_fn`: the kernel kills the child when the thread that started it is gone, kill -9 included.

    It does not reach what the child starts in turn: that must ask for the same. Linux only; elsewhere a supervisor
    killed by SIGKILL leaves its children running.
    """
    parent = os.getpid()

    def before_exec() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return before_exec


def signal_session(pid: int, number: signal.Signals) -> None:
    """Send to the child and to all that it started in its session; nobody left is no error."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, number)
