"""What a command says when it cannot do its work: one line on standard error, never a traceback.

Exit code 2: what was asked cannot be (bad input, nothing runs). Exit code 1: it was tried and failed.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from knative.local.home import HomeUnusable
from knative.local.ports import NoFreePortError
from knative.local.runner.manifests import ManifestError
from knative.local.servers.jars import JarError
from knative.local.servers.kafka import KafkaFormatError
from knative.local.servers.redis import NoRedis
from knative.local.state import AlreadyRunning, NotRunning
from knative.local.supervised import StartFailed
from knative.local.system import PortTaken


class CommandRefused(Exception):
    """What was asked for cannot be; the message says what was expected and what was given."""


class CommandFailed(Exception):
    """It was tried and did not work; the message says what a person can do now."""


_REFUSED = (CommandRefused, HomeUnusable, AlreadyRunning, NotRunning, PortTaken)
_FAILED = (CommandFailed, StartFailed, JarError, KafkaFormatError, NoRedis, ManifestError, NoFreePortError)


@contextmanager
def failures() -> Iterator[None]:
    """Turn what a person can do something about into a line and an exit code. Other errors are bugs: they show."""
    try:
        yield
    except _REFUSED as error:
        _leave(error, code=2)
    except _FAILED as error:
        _leave(error, code=1)


def _leave(error: Exception, *, code: int) -> None:
    print(f"quizline: {error}", file=sys.stderr)
    sys.exit(code)
