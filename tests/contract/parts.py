"""What a contract suite runs over: one adapter of each port, all in memory or all on the real servers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.adapters.memory import Part
from shared.events.event import Event
from shared.ports.answers import Answers
from shared.ports.board import Board
from shared.ports.clock import Clock
from shared.ports.deadlines import Deadlines
from shared.ports.drafts import Drafts
from shared.ports.feed import FeedReader, FeedWriter
from shared.ports.images import Images
from shared.ports.library import Library
from shared.ports.limits import Limits
from shared.ports.players import Players
from shared.ports.publisher import Publisher
from shared.ports.quizzes import Quizzes
from shared.ports.registry import Registry
from shared.ports.scores import Scores
from shared.ports.sessions import Sessions
from shared.ports.snapshots import Snapshots

MOMENT_MS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One of each port, and what only a test does to them.

    `wipe` empties Redis; `kill` and `restart` end a server and bring it back with its data; `moment` lets
    MOMENT_MS pass, by the wall or by the fake clock; `published` reads back the events of a session, once there
    are at least so many.
    """

    sessions: Sessions
    quizzes: Quizzes
    library: Library
    drafts: Drafts
    images: Images
    players: Players
    answers: Answers
    scores: Scores
    snapshots: Snapshots
    board: Board
    writer: FeedWriter
    reader: FeedReader
    registry: Registry
    deadlines: Deadlines
    limits: Limits
    clock: Clock
    publisher: Publisher
    wipe: Callable[[], Awaitable[None]]
    kill: Callable[[Part], Awaitable[None]]
    restart: Callable[[Part], Awaitable[None]]
    moment: Callable[[], Awaitable[None]]
    published: Callable[[str, int], Awaitable[list[Event]]]

    async def eventually(self, condition: Callable[[], Awaitable[bool]], *, within_ms: int = 5_000) -> None:
        """Wait until `condition` holds, trying once a moment. Raises AssertionError when it does not in time."""
        for _ in range(within_ms // MOMENT_MS):
            if await condition():
                return
            await self.moment()
        assert await condition(), f"expected the condition within {within_ms} ms, got none"
