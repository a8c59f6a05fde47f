"""`quizline clean`: removes what the local system wrote, and nothing else."""

import shutil

from knative.local.commands.failure import CommandRefused, failures
from knative.local.home import CHECKOUT, home_from
from knative.local.state import is_running

_CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis")


def clean() -> None:
    """The home (data, logs, jars) and the tools' caches. Refused while a system runs there."""
    with failures():
        home = home_from()
        if is_running(home):
            raise CommandRefused(f"a system runs in {home.root}; stop it first: quizline down")
        for directory in (home.root, CHECKOUT / ".quizline", *(CHECKOUT / name for name in _CACHES)):
            if directory.exists():
                shutil.rmtree(directory)
                print(f"removed {directory}")
