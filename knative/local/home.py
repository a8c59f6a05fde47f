"""Where the local system keeps what it writes: one directory, which `make clean` removes.

Jars stay in the checkout's own directory even when QUIZLINE_HOME points elsewhere: they belong to the version of
the code, as wheels do, and a test with a home of its own need not download them again.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class HomeUnusable(Exception):
    """The directories cannot be made there; the message says why."""


@dataclass(frozen=True, slots=True)
class Home:
    """The paths inside one home. Nothing is created before `prepare`."""

    root: Path

    @property
    def servers(self) -> Path:
        """Parent of each embedded server's own directory: what survives `down` and `up`."""
        return self.root / "data"

    @property
    def run(self) -> Path:
        """What holds only while a system runs, but for the token secret."""
        return self.root / "run"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def state_file(self) -> Path:
        return self.run / "state.json"

    @property
    def lock_file(self) -> Path:
        """Held by the supervisor for as long as it lives; the kernel lets go of it, whatever ends the process."""
        return self.run / "lock"

    def prepare(self) -> None:
        """Create the directories, for this user only: they hold a secret and answers. Raises HomeUnusable."""
        for directory in (self.root, self.servers, self.run, self.logs):
            try:
                directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise HomeUnusable(f"expected a folder that can be written: {error}") from error


def home_from(environment: Mapping[str, str] = os.environ) -> Home:
    """QUIZLINE_HOME, else `.quizline` in the checkout."""
    named = environment.get("QUIZLINE_HOME")
    return Home(Path(named).expanduser().resolve() if named else CHECKOUT / ".quizline")


def cache_directory() -> Path:
    """What is downloaded once for this checkout."""
    return CHECKOUT / ".quizline" / "cache"
