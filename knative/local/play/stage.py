"""Where a play takes place: a system of its own that lives as long as the play, or one that is up already."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from knative.local.home import CHECKOUT, Home
from knative.local.play.audit import Addresses
from knative.local.state import State, read_state
from knative.local.system import LocalSystem
from knative.local.terminal import silent

OWN_HOMES = CHECKOUT / ".quizline" / "play"


class NoStage(Exception):
    """The system to play against is not known well enough; the message says what is missing."""


@dataclass(slots=True)
class Lodging:
    """A home for one play; `keep` it where its logs are worth reading."""

    home: Home
    is_kept: bool

    def keep(self) -> Path:
        """Leave everything there; where the logs are."""
        self.is_kept = True
        return self.home.logs


@contextmanager
def lodging(named: Path | None) -> Iterator[Lodging]:
    """The named home, which stays; else a new one, which is removed unless it is kept or the play breaks off."""
    if named is not None:
        yield Lodging(Home(named.expanduser().resolve()), is_kept=True)
        return
    OWN_HOMES.mkdir(parents=True, exist_ok=True)
    place = Lodging(Home(Path(tempfile.mkdtemp(prefix="", dir=OWN_HOMES))), is_kept=False)
    yield place
    if not place.is_kept:
        shutil.rmtree(place.home.root, ignore_errors=True)


def own_system(home: Home, *, gateways: int | None, tell: Callable[[str], None]) -> LocalSystem:
    """Everything, on free ports, once it is entered."""
    return LocalSystem(home=home, echo=silent, progress=Told(tell), gateways=gateways, player_port=0)


def running_system(home: Home, url: str) -> Addresses:
    """The system behind `url`, if it is the one that runs in `home`: its log and stores must be within reach.

    Raises NoStage, NotRunning.
    """
    state = read_state(home)
    known = {state.player_url, *state.gateway_urls}
    if url.rstrip("/") not in known:
        raise NoStage(
            f"expected one of {', '.join(sorted(known))}, got {url}: "
            "the check needs the Kafka and the MongoDB behind it"
        )
    return addresses_of(state)


def addresses_of(state: State) -> Addresses:
    """What a play needs to know of a running system."""
    return Addresses(
        gateway_urls=tuple(state.gateway_urls),
        kafka=state.kafka,
        mongodb=state.mongodb,
        runner_url=state.runner_url,
    )


class Told:
    """Start-up steps as lines."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._jars_told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def step(self, text: str) -> None:
        self._tell(f"starting {text}")

    def jars(self, done: int, total: int) -> None:
        if done < total and not self._jars_told:
            self._jars_told = True
            self._tell(f"fetching Kafka: {total} jars, once")
