"""The sessions that this gateway holds connections of, each with its hub; what the channel brings goes to them."""

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass
from weakref import WeakValueDictionary

import structlog

from gateway.feed.feed_copy import FeedCopy
from gateway.feed.hub import SessionHub
from gateway.feed.progress import Progress
from gateway.feed.registers import StoredRegisters, registers_of
from gateway.feed.standings import Standings
from gateway.supervision import Supervisor
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.session import Phase
from shared.ports.board import Board
from shared.ports.clock import Clock
from shared.ports.feed import FeedMessage, FeedReader, PersonalMessage, ReactionsMessage
from shared.ports.quizzes import Quizzes
from shared.ports.registry import Registry
from shared.ports.sessions import Sessions

# A session that everybody left is kept this long: they may be on their way back.
KEPT_EMPTY_S = 30.0
SWEEP_S = 1.0
# A client that cannot take a single snapshot for so long is given up.
BEHIND_AT_MOST_S = 20.0

logger = structlog.get_logger()


@dataclass(slots=True)
class _Held:
    hub: SessionHub
    task: asyncio.Task[None]
    users: int = 0
    empty_since_s: float = 0.0


class Hubs:
    """acquire() and release() a hub in pairs."""

    def __init__(
        self,
        *,
        gateway_id: str,
        sessions: Sessions,
        quizzes: Quizzes,
        stored: StoredRegisters,
        progress: Progress,
        board: Board,
        feed: FeedReader,
        registry: Registry,
        clock: Clock,
        behind_at_most_s: float = BEHIND_AT_MOST_S,
    ) -> None:
        self._gateway_id = gateway_id
        self._sessions = sessions
        self._quizzes = quizzes
        self._stored = stored
        self._progress = progress
        self._board = board
        self._feed = feed
        self._registry = registry
        self._clock = clock
        self._behind_at_most_s = behind_at_most_s
        self._held: dict[str, _Held] = {}
        self._bereft: set[str] = set()
        self._opening: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._supervisor = Supervisor()

    async def acquire(self, session_id: str) -> SessionHub:
        """The session's hub, opened if need be. Raises Refusal SESSION_UNKNOWN or TransientFailure."""
        held = self._held.get(session_id)
        if held is None:
            held = await self._opened(session_id)
        held.users += 1
        return held.hub

    def release(self, hub: SessionHub) -> None:
        """One user less. The hub stays a while."""
        held = self._held.get(hub.session_id)
        if held is not None and held.hub is hub:
            held.users -= 1
            held.empty_since_s = time.monotonic()

    def of(self, session_id: str) -> SessionHub | None:
        """The session's hub, if it is held."""
        held = self._held.get(session_id)
        return None if held is None else held.hub

    def deliver(self, message: FeedMessage | PersonalMessage | ReactionsMessage) -> None:
        """From the channel to the hub it concerns; never waits."""
        held = self._held.get(message.session_id)
        if held is None:
            return
        if isinstance(message, FeedMessage):
            held.hub.offer(message)
        elif isinstance(message, PersonalMessage):
            held.hub.send_personal(message)
        else:
            held.hub.send_reactions(message)

    def check_all(self) -> None:
        """The channel may have lost something."""
        for held in self._held.values():
            held.hub.check()

    def held(self) -> dict[str, int]:
        """Each session held, with its number of connections."""
        return {session_id: len(held.hub.connections) for session_id, held in self._held.items()}

    def bereft(self) -> list[str]:
        """Sessions under way that had no feed when their hub was opened: Redis was emptied while no gateway held
        them, as when the whole system was down. Somebody must ask for their rebuild, then say so."""
        return list(self._bereft)

    def rebuild_is_asked_for(self, session_ids: Collection[str]) -> None:
        self._bereft.difference_update(session_ids)

    def all(self) -> list[SessionHub]:
        return [held.hub for held in self._held.values()]

    async def sweep(self) -> None:
        """Loop: look after every hub once a second, and let go of those that nobody uses."""
        while True:
            await asyncio.sleep(SWEEP_S)
            for held in list(self._held.values()):
                held.hub.sweep()
            await self._let_go(self._unused())

    async def close(self) -> None:
        """Let go of everything."""
        await self._let_go(list(self._held))
        await self._supervisor.stop()

    async def _opened(self, session_id: str) -> _Held:
        """Of many who come at once, one opens."""
        lock = self._opening.setdefault(session_id, asyncio.Lock())
        async with lock:
            held = self._held.get(session_id)
            return held if held is not None else await self._open(session_id)

    async def _open(self, session_id: str) -> _Held:
        session = await self._sessions.get(session_id)
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected a session that exists")
        quiz = await self._quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise TransientFailure(f"expected quiz {session.quiz_id} version {session.quiz_version}, got none")
        await self._registry.hold(self._gateway_id, session_id)
        # From here on the channel brings the session's messages; the first check fetches what came before the hub.
        state = await self._feed.state(session_id)
        registers = {} if state is None else registers_of(state)
        await self._stored.complete(registers, session, quiz)
        hub = SessionHub(
            session_id,
            copy=FeedCopy(code=session.code, seq=0 if state is None else state.seq, registers=registers),
            feed=self._feed,
            standings=Standings(self._board, session_id),
            progress=self._progress,
            clock=self._clock,
            behind_at_most_s=self._behind_at_most_s,
        )
        if state is None and session.phase is not Phase.LOBBY:
            self._bereft.add(session_id)
        held = _Held(hub, self._supervisor.start(f"hub {session_id}", hub.run), empty_since_s=time.monotonic())
        self._held[session_id] = held
        hub.check()
        return held

    def _unused(self) -> list[str]:
        oldest_s = time.monotonic() - KEPT_EMPTY_S
        return [
            session_id
            for session_id, held in self._held.items()
            if held.users == 0 and held.empty_since_s < oldest_s
        ]

    async def _let_go(self, session_ids: list[str]) -> None:
        if not session_ids:
            return
        for session_id in session_ids:
            self._held.pop(session_id).task.cancel()
            self._bereft.discard(session_id)
        try:
            await self._registry.release(self._gateway_id, session_ids)
            for session_id in self._held.keys() & session_ids:  # opened again while it was released
                await self._registry.hold(self._gateway_id, session_id)
                self._held[session_id].hub.check()
        except TransientFailure as failure:
            logger.warning("release_failed", sessions=len(session_ids), reason=str(failure))  # the entries expire
