"""What a fault may touch: the system's processes, the ways between them, the session that is played."""

import json
import os
import random
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from knative.local.chaos.calm import Turns
from knative.local.chaos.poisons import Poison
from knative.local.chaos.way import Way
from knative.local.play.audit import Addresses
from knative.local.play.bots import Bot, Witness
from knative.local.play.run import Plan
from knative.local.play.verify import accepted_answers
from knative.local.system import LocalSystem
from shared.client.host import OpenedSession
from shared.client.http import Gateways
from shared.events.event import Event

# Below this share of the full size, what lasts is shortened in proportion.
FULL_PLAYERS = 1_000
FUNCTIONS = ("join", "submit", "score", "rank", "broadcast")


@dataclass(slots=True, kw_only=True)
class World:
    """One play under one fault.

    `ways`: each gateway's to the servers. `notes`: what was measured, `tallies` those that count; `found`: what
    acts found wrong; `struck_s`: when each blow fell (monotonic); `guests`: players of ours; `events`: the
    session's whole log, once the play is over; `planted`: ids of events that were made to end in the dead letters;
    `storms`: what each gateway held before each, `pids_before` the processes then; `usual_p99_ms`: without a
    fault; `turns`: when enemies are at work.
    """

    system: LocalSystem
    addresses: Addresses
    http: aiohttp.ClientSession
    plan: Plan
    rng: random.Random
    ways: Mapping[str, Way]
    logs: Path
    usual_p99_ms: float | None = None
    limit_s: float | None = None
    opened: OpenedSession | None = None
    bots: Sequence[Bot] = ()
    guests: list[Witness] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    poisons: list[Poison] = field(default_factory=list)
    planted: set[str] = field(default_factory=set)
    tallies: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    storms: list[dict[str, int]] = field(default_factory=list)
    struck_s: list[float] = field(default_factory=list)
    pids_before: dict[str, int] = field(default_factory=dict)
    logs_begin: dict[str, int] = field(default_factory=dict, init=False)
    turns: Turns = field(init=False)

    @property
    def session(self) -> OpenedSession:
        assert self.opened is not None, "the session is not open yet"
        return self.opened

    @property
    def is_full(self) -> bool:
        """Whether RELIABILITY's own durations are due."""
        return self.plan.players >= FULL_PLAYERS

    def __post_init__(self) -> None:
        self.turns = Turns(len(self.plan.questions))
        self.logs_begin = {path.stem: path.stat().st_size for path in self.logs.glob("*.log")}

    def logged(self, part: str) -> Iterator[dict[str, Any]]:
        """What a part has logged since this play began; its lines that are no JSON are under `message`."""
        with (self.logs / f"{part}.log").open("rb") as file:
            file.seek(self.logs_begin.get(part, 0))
            for line in file:
                yield _entry(line.decode(errors="replace"))

    def accepted_ids(self) -> frozenset[str]:
        """The answers that count, by the log."""
        return accepted_answers(self.events).answer_ids

    def gateways(self, first: int = 0) -> Gateways:
        """For one more client."""
        return Gateways(self.http, self.addresses.gateway_urls, first=first)

    def gateway_names(self) -> list[str]:
        return sorted(name for name in self.system.state.processes if name.startswith("gateway-"))

    def signal(self, part: str, number: signal.Signals = signal.SIGKILL) -> None:
        """To a part that the supervisor keeps: it is started again. One that is away already stays away."""
        pid = self.system.state.processes.get(part)
        if pid is not None:
            os.kill(pid, number)

    def function_processes(self, name: str) -> list[psutil.Process]:
        """The instances of a function: the runner's children whose environment targets it."""
        runner = self.system.state.processes.get("runner")
        children = [] if runner is None else psutil.Process(runner).children(recursive=True)
        return [child for child in children if _target(child) == name]

    def gateway_rss(self) -> dict[str, int]:
        """Bytes that each gateway holds."""
        pids = self.system.state.processes
        return {name: psutil.Process(pids[name]).memory_info().rss for name in self.gateway_names()}


def _entry(line: str) -> dict[str, Any]:
    """A log's line is behind the time at which it was taken."""
    try:
        entry = json.loads(line[max(0, line.find("{")) :])
    except ValueError:
        return {"message": line}
    return entry if isinstance(entry, dict) else {"message": line}


def _target(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("FUNCTION_TARGET")
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
