"""One session's connections on this gateway. One task sends to them, in the feed's order.

Owns contiguity (I4): every live connection gets each number once and in order; what was missed comes exactly, from
recent messages or the feed, or as one snapshot. It refuses to wait for a slow client: that is the client's loss.
"""

import asyncio
import time
from collections import deque
from collections.abc import Collection, Sequence

import msgspec
import structlog

from gateway.access.identity import Role
from gateway.connections.close_codes import CloseCode
from gateway.connections.connection import Connection, State
from gateway.connections.frames import text_frame
from gateway.connections.socket import BEHIND_BYTES
from gateway.feed.batch import Batch
from gateway.feed.fanout import YIELD_EVERY, fan_out
from gateway.feed.feed_copy import FeedCopy
from gateway.feed.own import me_of
from gateway.feed.places import BoardView, Places
from gateway.feed.progress import Progress
from gateway.feed.standings import Standings
from gateway.feed.update import Update, is_run
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.session import Phase
from shared.ports.clock import Clock
from shared.ports.feed import FeedMessage, FeedReader, PersonalMessage, ReactionsMessage
from shared.protocol import Me

# What may wait for the sending task. More means that messages come faster than they can be sent: then it skips to
# the feed's state.
MOST_WAITING = 512
# A quiet hub asks the feed whether it has missed something: a channel loses messages without a sign.
CHECK_AFTER_S = 5.0
RETRY_AFTER_S = 0.3
# How long a client that is further than this gateway waits for it, rather than be sent back.
CATCH_UP_S = 2.0

logger = structlog.get_logger()


class SessionHub:
    """Run run() supervised; attach and detach connections at will."""

    def __init__(
        self,
        session_id: str,
        *,
        copy: FeedCopy,
        feed: FeedReader,
        standings: Standings,
        progress: Progress,
        clock: Clock,
        behind_at_most_s: float,
    ) -> None:
        self.session_id = session_id
        self.copy = copy
        self.connections: set[Connection] = set()
        self._feed = feed
        self._standings = standings
        self._progress = progress
        self._clock = clock
        self._behind_at_most_s = behind_at_most_s
        self._by_player: dict[str, list[Connection]] = {}
        self._lookers_on: set[Connection] = set()
        self._waiting: deque[FeedMessage] = deque()
        self._drained: set[Connection] = set()
        self._check_due = False
        self._heard_s = time.monotonic()
        self._work = asyncio.Event()

    # What comes in: never waits

    def offer(self, message: FeedMessage) -> None:
        """A message from the channel."""
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            self._check_due = True
        self._waiting.append(message)
        self._work.set()

    def send_personal(self, message: PersonalMessage) -> None:
        """To every connection of that player, at once."""
        frame = text_frame(message.body)
        for connection in self._by_player.get(message.player_id, ()):
            connection.reply(frame)

    def send_reactions(self, message: ReactionsMessage) -> None:
        """To who looks on and keeps up, at once."""
        frame = text_frame(message.body)
        for connection in self._lookers_on:
            connection.offer(frame)

    def check(self) -> None:
        """See whether the feed is further than this hub."""
        self._check_due = True
        self._work.set()

    def sweep(self) -> None:
        """Once a second: close who is too slow; ask the feed when it has been quiet."""
        for connection in list(self.connections):
            if connection.has_drained():
                self._note_drained(connection)
            elif connection.is_too_slow(behind_at_most_s=self._behind_at_most_s):
                logger.info("connection_too_slow", session_id=self.session_id, unsent=connection.socket.buffered())
                connection.close(CloseCode.TRY_AGAIN_LATER, "too slow")
        if time.monotonic() - self._heard_s > CHECK_AFTER_S:
            self.check()

    # Connections come and go

    async def attach(self, connection: Connection, *, last_seq: int | None) -> None:
        """Begin to serve: the exact messages after `last_seq`, or a snapshot; then the feed. Raises Refusal
        PLAYER_REMOVED or TransientFailure, with nothing sent.

        Nothing is awaited between what is sent first and joining those who get what comes next.
        """
        at_least = 0
        if last_seq is not None and last_seq > self.copy.seq:
            at_least = await self._catch_up_with(last_seq)
        me = await self._own_place(connection)
        if connection.identity.player_id in self.copy.view.removed:
            raise Refusal(RefusalCode.PLAYER_REMOVED, "the host has removed you from this session")
        older = await self._older_messages(last_seq)
        missed = [] if last_seq is None else self.copy.missed(last_seq, older)
        if not missed or not self._send_missed(connection, missed, me):
            self._send_snapshot(connection, me, at_least=at_least)
        connection.socket.on_drained = lambda: self._note_drained(connection)
        self.connections.add(connection)
        if connection.identity.player_id:
            self._by_player.setdefault(connection.identity.player_id, []).append(connection)
        else:
            self._lookers_on.add(connection)

    def detach(self, connection: Connection) -> None:
        """Idempotent."""
        connection.socket.on_drained = None
        self.connections.discard(connection)
        self._lookers_on.discard(connection)
        self._drained.discard(connection)
        player_id = connection.identity.player_id
        others = [other for other in self._by_player.pop(player_id, ()) if other is not connection]
        if others:
            self._by_player[player_id] = others

    async def _catch_up_with(self, last_seq: int) -> int:
        """A client from another gateway may be further than this one. A number above the feed's is a lie.

        Returns the number that its snapshot must not fall below: its own, where the feed was wiped and is not
        rebuilt yet, for the numbers of the next one are higher still.
        """
        state = await self._feed.state(self.session_id)
        if state is None:
            return last_seq
        if state.seq < last_seq:
            return 0
        self.check()
        try:
            await asyncio.wait_for(self.copy.reached(last_seq), CATCH_UP_S)
        except TimeoutError:
            raise TransientFailure(
                f"expected this gateway to reach message {last_seq} in {CATCH_UP_S} s"
            ) from None
        return 0

    async def _own_place(self, connection: Connection) -> Me | None:
        """`me` for a client that has just come: its place, and whether its answer to the open question is in."""
        identity, question = connection.identity, self.copy.question
        if identity.role is not Role.PLAYER:
            return None
        place = (await self._standings.recent(question, self.copy.view)).get(identity.player_id)
        answered: int | None = None
        opened: int | None = None
        if self.copy.phase is Phase.RUNNING:
            opened = await self._progress.opened_questions(self.session_id, identity.player_id)
        elif (place is None or not place.answered) and self.copy.phase is Phase.QUESTION_OPEN:
            answered = await self._progress.question_if_answered(self.session_id, question, identity.player_id)
        return me_of(identity, place, question=question, answered=answered, opened=opened)

    async def _older_messages(self, last_seq: int | None) -> Sequence[FeedMessage]:
        """From the feed, what this gateway no longer has."""
        if last_seq is None or last_seq >= self.copy.seq or self.copy.has_all_after(last_seq):
            return ()
        return await self._feed.since(self.session_id, last_seq) or ()

    def _send_missed(self, connection: Connection, missed: list[Update], me: Me | None) -> bool:
        """False, with nothing sent, when a snapshot is the smaller thing."""
        batch = Batch(missed)
        if len(batch.shared) > BEHIND_BYTES:
            return False
        frames = batch.shared
        if me is not None and batch.question is not None:
            frames = batch.with_me(msgspec.json.encode(me))
        if connection.socket.is_writable:
            connection.advance(frames, seq=batch.last_seq)
        return True

    def _send_snapshot(self, connection: Connection, me: Me | None, *, at_least: int = 0) -> None:
        """One snapshot as of now; a client that cannot take even that is behind."""
        if not connection.socket.is_writable:
            return
        if connection.socket.buffered() > BEHIND_BYTES:
            connection.fall_behind()
            return
        frame = self.copy.snapshot_frame(connection.identity, me, now_ms=self._clock.now_ms(), at_least=at_least)
        connection.advance(frame, seq=max(self.copy.seq, at_least))
        connection.caught_up()

    def _note_drained(self, connection: Connection) -> None:
        if connection.state is State.BEHIND:
            self._drained.add(connection)
            self._work.set()

    # The sending task

    async def run(self) -> None:
        """Send what comes, until cancelled."""
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                await self._send_waiting()
            except TransientFailure as failure:
                logger.warning("hub_interrupted", session_id=self.session_id, reason=str(failure))
                self._check_due = True
                await asyncio.sleep(RETRY_AFTER_S)
                self._work.set()

    async def _send_waiting(self) -> None:
        fresh = [message for message in self._waiting if message.seq > self.copy.seq]
        self._waiting.clear()
        if fresh and is_run(self.copy.seq, fresh):
            await self._send(fresh)
        elif fresh:
            self._check_due = True
        if self._check_due:
            self._check_due = False
            await self._catch_up()
        if self._drained:
            drained, self._drained = self._drained, set()
            await self._send_snapshots(drained)

    async def _catch_up(self) -> None:
        """The exact missing messages while the feed has them, else its state."""
        missing = await self._feed.since(self.session_id, self.copy.seq)
        self._heard_s = time.monotonic()
        if missing is not None and is_run(self.copy.seq, missing):
            if missing:
                await self._send(missing)
            return
        state = await self._feed.state(self.session_id)
        if state is None or state.seq <= self.copy.seq:
            return
        self.copy.adopt(state)
        await self._send_snapshots(self.connections)
        self._close_removed()

    async def _send(self, messages: Sequence[FeedMessage]) -> None:
        self._heard_s = time.monotonic()
        updates = self.copy.prepared(messages)
        batch = Batch(updates)
        # What may be seen is decided by the session as of these messages, not as of the last ones.
        view = self.copy.view_after(updates)
        places = await self._places_for(batch, view)
        self.copy.advance(updates)
        await fan_out(self.connections, batch, places)
        self._close_removed()

    async def _places_for(self, batch: Batch, view: BoardView) -> Places | None:
        if batch.question is None or not self._by_player:
            return None
        try:
            return await self._standings.now(batch.question, view) or None
        except TransientFailure:
            return None  # the message is more urgent than a place in it

    async def _send_snapshots(self, connections: Collection[Connection]) -> None:
        """To those who are attached and can read it now. Without a `me` when places are not known: a client keeps
        the one it has."""
        question = self.copy.question
        places = await self._recent_places(question)
        for number, connection in enumerate(list(connections), start=1):
            if connection in self.connections:
                me: Me | None = None
                if places and connection.identity.role is Role.PLAYER:
                    place = places.get(connection.identity.player_id)
                    me = me_of(connection.identity, place, question=question)
                self._send_snapshot(connection, me)
            if number % YIELD_EVERY == 0:
                await asyncio.sleep(0)

    def _close_removed(self) -> None:
        """The host has put them out: they have been told by the message just sent."""
        for player_id in self.copy.view.removed & self._by_player.keys():
            for connection in list(self._by_player[player_id]):
                connection.close(CloseCode.PLAYER_REMOVED, RefusalCode.PLAYER_REMOVED)

    async def _recent_places(self, question: int) -> Places:
        try:
            return await self._standings.recent(question, self.copy.view) if self._by_player else {}
        except TransientFailure:
            return {}
