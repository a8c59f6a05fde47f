"""Everything that Redis would hold, in one object, so that it can be wiped or go away as one."""

import asyncio
from dataclasses import dataclass, field

from shared.adapters.memory.clock import ManualClock
from shared.adapters.memory.faults import Faults, Part
from shared.domain.ranking import Result
from shared.ports.clock import Clock
from shared.ports.deadlines import Deadline
from shared.ports.feed import FeedMessage, Register, Relayed

LOCK_MS = 3_000
MAX_QUEUED = 10_000


@dataclass(slots=True)
class TickLock:
    """Who leads the tick. A leader that dies loses it by time, or gets it again by its own redelivery."""

    event_id: str = ""
    expires_ms: int = 0

    def elect(self, event_id: str, now_ms: int) -> bool:
        """Whether `event_id` leads now."""
        if self.event_id not in {"", event_id} and now_ms < self.expires_ms:
            return False
        self.event_id, self.expires_ms = event_id, now_ms + LOCK_MS
        return True

    def release(self) -> None:
        self.event_id = ""


@dataclass(slots=True)
class BoardState:
    """One session's board. A board that was never published counts as published at edition -1."""

    ready: bool = False
    results: dict[tuple[str, int, str], Result] = field(default_factory=dict)
    published_edition: int = -1
    lock: TickLock = field(default_factory=TickLock)


@dataclass(slots=True)
class FeedLog:
    """One session's numbered messages, the newest body and version of each register."""

    last: int
    messages: list[FeedMessage] = field(default_factory=list)
    registers: dict[Register, tuple[int, bytes]] = field(default_factory=dict)


@dataclass(slots=True)
class LobbyState:
    """Nicknames by player id, in the order of joining."""

    players: dict[str, str] = field(default_factory=dict)
    published: int = 0
    lock: TickLock = field(default_factory=TickLock)


@dataclass(slots=True)
class Contents:
    """All keys. A wipe replaces the whole."""

    boards: dict[str, BoardState] = field(default_factory=dict)
    feeds: dict[str, FeedLog] = field(default_factory=dict)
    lobbies: dict[str, LobbyState] = field(default_factory=dict)
    outcomes: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    holders: dict[str, dict[str, int]] = field(default_factory=dict)
    deadlines: dict[Deadline, int] = field(default_factory=dict)
    uses: dict[str, tuple[int, int]] = field(default_factory=dict)


class MemoryRedis:
    """The one Redis that several fakes share. `epoch` rises by one at each wipe, as MongoDB's counter does."""

    def __init__(self, *, clock: Clock | None = None, faults: Faults | None = None) -> None:
        self.clock = clock or ManualClock()
        self.faults = faults or Faults()
        self.epoch = 1
        self.contents = Contents()
        self.channels: dict[str, list[asyncio.Queue[Relayed | None]]] = {}

    def wipe(self) -> None:
        """Forget everything, as FLUSHALL does. Subscriptions stay."""
        self.contents = Contents()
        self.epoch += 1

    def go_away(self) -> None:
        """Break every call and subscription until `come_back`."""
        self.faults.away.add(Part.REDIS)
        for queues in self.channels.values():
            for queue in queues:
                _break(queue)

    def come_back(self) -> None:
        """Answer again; what was stored is still there."""
        self.faults.away.discard(Part.REDIS)

    def relay(self, gateway: str, message: Relayed) -> None:
        """Give `message` to the gateway's subscriptions; one that does not keep up is broken, as Redis does."""
        for queue in self.channels.get(gateway, []):
            if queue.full():
                _break(queue)
            else:
                queue.put_nowait(message)

    def holders(self, session_id: str) -> list[str]:
        """The live gateways that hold the session."""
        now_ms = self.clock.now_ms()
        entries = self.contents.holders.get(session_id, {})
        return [gateway for gateway, expires_ms in entries.items() if now_ms < expires_ms]


def _break(queue: asyncio.Queue[Relayed | None]) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)
