"""What a client knows of its session, folded from the feed; and the check of I4 while folding.

Pure: a message comes in, the view changes. It refuses to go backwards: what is older is noted and passed over.
"""

from dataclasses import dataclass, field

from shared.domain.session import Phase
from shared.events.feed_bodies import Lobby
from shared.events.payloads import LeaderboardUpdated, QuestionView, SessionChanged
from shared.protocol import FeedMessage, LeaderboardMessage, LobbyMessage, Me, SessionMessage, Snapshot

MAX_VIOLATIONS = 100


class FeedGap(Exception):
    """Messages are missing: resume from the last good number."""


@dataclass(slots=True, kw_only=True)
class FeedView:
    """`seq`: the last number applied, None before the first snapshot. `violations`: what broke I4."""

    seq: int | None = None
    role: str = ""
    session: SessionChanged | None = None
    leaderboard: LeaderboardUpdated | None = None
    lobby: Lobby | None = None
    me: Me | None = None
    violations: list[str] = field(default_factory=list)
    snapshots: int = 0

    @property
    def phase(self) -> Phase | None:
        return None if self.session is None else self.session.phase

    @property
    def open_question(self) -> QuestionView | None:
        """The question that takes answers now."""
        if self.session is None or self.session.phase is not Phase.QUESTION_OPEN:
            return None
        return self.session.question

    def result_of(self, question: int) -> Me | None:
        """One's own place if the board covers one's answer to `question`, and that is the latest asked."""
        me = self.me
        return me if me is not None and me.question == question and me.gained is not None else None

    def apply_snapshot(self, snapshot: Snapshot) -> None:
        """Take everything as of its number; a number below the present one is against I4."""
        if self.seq is not None and snapshot.seq < self.seq:
            self._note(f"a snapshot of {snapshot.seq} after message {self.seq}")
        self.seq = snapshot.seq if self.seq is None else max(self.seq, snapshot.seq)
        self.snapshots += 1
        self.role = snapshot.role
        self._take_session(snapshot.session)
        self._take_leaderboard(snapshot.leaderboard, snapshot.me)
        self._take_lobby(snapshot.lobby)

    def apply(self, message: FeedMessage) -> None:
        """Take the next message. Raises FeedGap, changing nothing, when it is not the next one."""
        if self.seq is None:
            self._note(f"message {message.seq} before any snapshot")
            raise FeedGap(f"expected a snapshot first, got message {message.seq}")
        if message.seq <= self.seq:
            self._note(f"message {message.seq} after message {self.seq}")
            return
        if message.seq > self.seq + 1:
            self._note(f"message {message.seq} after message {self.seq} without a snapshot")
            raise FeedGap(f"expected message {self.seq + 1}, got {message.seq}")
        self.seq = message.seq
        match message:
            case SessionMessage():
                self._take_session(message.session)
                self.me = message.me if message.me is not None else self.me
            case LeaderboardMessage():
                self._take_leaderboard(message.leaderboard, message.me)
            case LobbyMessage():
                self._take_lobby(message.lobby)

    def _take_session(self, session: SessionChanged) -> None:
        if self.session is not None and session.version < self.session.version:
            self._note(f"version {session.version} of the session after {self.session.version}")
            return
        self.session = session

    def _take_leaderboard(self, board: LeaderboardUpdated, me: Me | None) -> None:
        if self.leaderboard is not None and board.edition < self.leaderboard.edition:
            self._note(f"edition {board.edition} of the leaderboard after {self.leaderboard.edition}")
            return
        self.leaderboard = board
        self.me = me if me is not None else self.me

    def _take_lobby(self, lobby: Lobby) -> None:
        if self.lobby is not None and lobby.players < self.lobby.players:
            self._note(f"a lobby of {lobby.players} after {self.lobby.players}")
            return
        self.lobby = lobby

    def _note(self, violation: str) -> None:
        if len(self.violations) < MAX_VIOLATIONS:
            self.violations.append(violation)
