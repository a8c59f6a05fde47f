"""`quizline down`: stops the system that runs in this home, from another terminal."""

import signal

import psutil

from knative.local.commands.failure import CommandFailed, failures
from knative.local.home import home_from
from knative.local.state import running_pid

_WITHIN_S = 60.0


def down() -> None:
    """Ask it to stop, as Ctrl-C would, and wait until it has."""
    with failures():
        pid = running_pid(home_from())
        process = psutil.Process(pid)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=_WITHIN_S)
        except psutil.TimeoutExpired:
            raise CommandFailed(
                f"process {pid} did not stop within {_WITHIN_S:g} s; `kill -9 {pid}` ends all of it"
            ) from None
    print("quizline is down; its data are kept")
