"""What this gateway knows of one session's feed: the last number, each register's newest state, recent messages.

Changes without waiting for anything, so that whoever reads it between two awaits sees one moment of the feed.
"""

import asyncio
from collections.abc import Sequence

import msgspec

from gateway.access.identity import Identity
from gateway.feed.places import BoardView, view_of
from gateway.feed.registers import Registers, newest, registers_of
from gateway.feed.ring import Ring
from gateway.feed.snapshot import SharedSnapshot
from gateway.feed.update import Update, at_least, is_run, updates_of
from shared.domain.reactions import REACTED_IN
from shared.domain.session import Phase
from shared.events.feed_bodies import SessionBody
from shared.ports.feed import FeedMessage, FeedState, Register
from shared.protocol import Me

_sessions = msgspec.json.Decoder(SessionBody)


class FeedCopy:
    """`registers` must be complete: StoredRegisters fills what the feed lacks."""

    def __init__(self, *, code: str, seq: int, registers: Registers) -> None:
        self.code = code
        self.seq = seq
        self.phase = Phase.LOBBY
        self.question = 0
        self.takes_reactions = False
        self.view = BoardView()
        self._registers = registers
        self._ring = Ring()
        self._snapshot: SharedSnapshot | None = None
        self._awaited: list[tuple[int, asyncio.Future[None]]] = []
        self._look_at_session()

    def prepared(self, messages: Sequence[FeedMessage]) -> list[Update]:
        """The messages as they will be shown here."""
        return [at_least(update, self._registers.get(update.register)) for update in updates_of(messages)]

    def view_after(self, updates: Sequence[Update]) -> BoardView:
        """What players may see of the board once they have these messages."""
        for update in reversed(updates):
            if update.register is Register.SESSION:
                return view_of(_sessions.decode(update.body).session)
        return self.view

    def advance(self, updates: Sequence[Update]) -> None:
        """Take messages that follow on `seq`."""
        for update in updates:
            self._registers[update.register] = update
            self._ring.append(update)
        self._moved_to(updates[-1].seq)

    def adopt(self, state: FeedState) -> None:
        """Skip to a state of the feed with a higher number."""
        newest(self._registers, registers_of(state))
        self._ring.clear()
        self._moved_to(state.seq)

    def has_all_after(self, seq: int) -> bool:
        """Whether the recent messages reach back to `seq`."""
        return self._ring.after(seq) is not None

    def missed(self, last_seq: int, older: Sequence[FeedMessage] = ()) -> list[Update]:
        """Every message after `last_seq`; `older` are some of them. Empty when not all can be had."""
        updates = [update for update in self.prepared(older) if update.seq <= self.seq]
        updates += self._ring.after(updates[-1].seq if updates else last_seq) or ()
        complete = bool(updates) and is_run(last_seq, updates) and updates[-1].seq == self.seq
        return updates if complete else []

    def snapshot_frame(self, identity: Identity, me: Me | None, *, now_ms: int, at_least: int = 0) -> bytes:
        """As of `seq`; under the number `at_least` for a client that is further than a feed that is gone."""
        if at_least > self.seq:
            shared = SharedSnapshot(seq=at_least, code=self.code, registers=self._registers)
            return shared.frame(identity, me, now_ms=now_ms)
        if self._snapshot is None:
            self._snapshot = SharedSnapshot(seq=self.seq, code=self.code, registers=self._registers)
        return self._snapshot.frame(identity, me, now_ms=now_ms)

    async def reached(self, seq: int) -> None:
        """Wait until this copy is at `seq` or beyond. Bound it with a time-out."""
        if self.seq >= seq:
            return
        future = asyncio.get_running_loop().create_future()
        self._awaited.append((seq, future))
        await future

    def _moved_to(self, seq: int) -> None:
        self.seq = seq
        self._snapshot = None
        self._look_at_session()
        if self._awaited:
            for awaited, future in self._awaited:
                if awaited <= seq and not future.done():
                    future.set_result(None)
            self._awaited = [(awaited, future) for awaited, future in self._awaited if not future.done()]

    def _look_at_session(self) -> None:
        session = _sessions.decode(self._registers[Register.SESSION].body).session
        self.phase = session.phase
        self.question = 0 if session.question is None else session.question.index
        self.takes_reactions = session.settings.reactions and session.phase in REACTED_IN
        self.view = view_of(session)
