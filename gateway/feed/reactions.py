"""What players express between questions: counted here for a tick, then told to who looks on, at every gateway.

Refuses to keep anything: not who it was, not beyond the tick, not when Redis is away. At most one a tick counts of
each connection, so that nobody is louder than the others.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

import msgspec
import structlog

from gateway.connections.connection import Connection
from gateway.feed.hubs import Hubs
from shared import protocol
from shared.domain.errors import TransientFailure
from shared.domain.reactions import Reaction
from shared.ports.feed import FeedReader

TICK_S = 0.5

logger = structlog.get_logger()
_encoder = msgspec.json.Encoder()


@dataclass(slots=True)
class _Tick:
    """One session's. Bounded by its connections."""

    counts: Counter[Reaction] = field(default_factory=Counter)
    heard: set[Connection] = field(default_factory=set)


class Reactions:
    """One for all sessions of a gateway. Run run() supervised."""

    def __init__(self, *, hubs: Hubs, feed: FeedReader, tick_s: float = TICK_S) -> None:
        self._hubs = hubs
        self._feed = feed
        self._tick_s = tick_s
        self._ticks: dict[str, _Tick] = {}
        self._work = asyncio.Event()

    def take(self, connection: Connection, reaction: Reaction) -> bool:
        """Never waits. False when the session takes none now."""
        session_id = connection.identity.session_id
        hub = self._hubs.of(session_id)
        if hub is None or not hub.copy.takes_reactions:
            return False
        tick = self._ticks.setdefault(session_id, _Tick())
        if connection not in tick.heard:
            tick.heard.add(connection)
            tick.counts[reaction] += 1
            self._work.set()
        return True

    async def run(self) -> None:
        """Tell once a tick what came in it, until cancelled. Costs nothing while nobody reacts."""
        while True:
            await self._work.wait()
            await asyncio.sleep(self._tick_s)
            self._work.clear()
            ticks, self._ticks = self._ticks, {}
            for session_id, tick in ticks.items():
                await self._tell(session_id, tick)

    async def _tell(self, session_id: str, tick: _Tick) -> None:
        body = _encoder.encode(protocol.Reactions(counts=dict(tick.counts)))
        try:
            await self._feed.send_reactions(session_id, body)
        except TransientFailure as failure:
            logger.info("reactions_lost", session_id=session_id, reason=str(failure))
