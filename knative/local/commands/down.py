"""`quizline down`: stops the system that runs in this home, from another terminal."""

import os
import signal
import time

from knative.local.commands.failure import CommandFailed, failures
from knative.local.home import home_from
from knative.local.state import is_running, running_pid

_WITHIN_S = 60.0
_POLL_S = 0.05


def down() -> None:
    """Ask it to stop, as Ctrl-C would, and wait until it has."""
    with failures():
        home = home_from()
        pid = running_pid(home)
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + _WITHIN_S
        while is_running(home):  # the lock, not the process: one whose parent does not ask for it stays a zombie
            if time.monotonic() > deadline:
                raise CommandFailed(
                    f"process {pid} did not stop within {_WITHIN_S:g} s; `kill -9 {pid}` ends it all"
                )
            time.sleep(_POLL_S)
    print("quizline is down; its data are kept")
