"""One live run of a quiz, as a state machine: phases, host's commands, deadlines.

    lobby → question_open → question_closed (the reveal) → [leaderboard] → question_open → … → finished
    lobby → running → finished                                    paced by each player (self_pacing.py)

Pure: `now_ms` comes in, the next state goes out. Every state has a `version`, one higher per change; stores
change a session by comparing it, so a stale or repeated command is harmless.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.ranking import MAX_REMOVED
from shared.domain.scoring import ScoringRules
from shared.domain.settings import Pacing, Settings

# However often the host adds time, a question is open at most this long.
MAX_OPEN_MS = 3_600_000


class Phase(StrEnum):
    LOBBY = "lobby"
    QUESTION_OPEN = "question_open"
    QUESTION_CLOSED = "question_closed"
    LEADERBOARD = "leaderboard"
    RUNNING = "running"
    FINISHED = "finished"


class Command(StrEnum):
    """What a host, or the clock in the host's place, can ask for."""

    START = "start"  # lobby → first question; with self pacing, everybody's
    CLOSE = "close"  # the open question, early or at its deadline: the reveal
    SHOW_BOARD = "show_board"  # after the reveal
    NEXT = "next"  # the next question, or the end after the last
    SKIP = "skip"  # the open question, without its reveal: the next one opens
    EXTEND = "extend"  # the open question stays open for longer
    LOCK = "lock"  # nobody joins any more
    UNLOCK = "unlock"
    KICK = "kick"  # a player is out, and may come back as another one
    BAN = "ban"  # a player is out, and so are that nickname and device
    FINISH = "finish"  # the end, at once
    CANCEL = "cancel"  # the end, without a winner


# What does not depend on the moment: given with whatever version stands.
TIMELESS = frozenset({Command.LOCK, Command.UNLOCK, Command.KICK, Command.BAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command with what it needs: `extend_ms` for extend, the player for kick and ban.

    `banned`: what a ban keeps out: the player's device and folded nickname.
    """

    command: Command
    extend_ms: int = 0
    player_id: str = ""
    banned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a question opened and closes, in Unix milliseconds of the one clock."""

    opened_at_ms: int
    closes_at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`timings[i]` stands from the moment question i opened; `question` is -1 in the lobby.

    `seed`: secret; the order of choices follows from it (shuffle.py). `owner_id`: the host whose session it is.
    `ends_at_ms`: when a running session ends. `removed`: players who are out; `banned`: devices and folded
    nicknames that stay out.
    """

    id: str
    code: str
    quiz_id: str
    quiz_version: int
    time_limits_ms: tuple[int, ...]
    settings: Settings
    created_at_ms: int
    seed: str = ""
    owner_id: str = ""
    phase: Phase = Phase.LOBBY
    version: int = 1
    question: int = -1
    timings: tuple[Timing, ...] = ()
    locked: bool = False
    cancelled: bool = False
    ends_at_ms: int = 0
    removed: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()

    @property
    def rules(self) -> ScoringRules:
        return self.settings.rules

    @property
    def holds_results(self) -> bool:
        """Whether nobody may learn at this moment what the present question gave; in a self-paced session, what
        any question gave."""
        return self.phase in {Phase.QUESTION_OPEN, Phase.RUNNING} and self.settings.hides_results


_IN_PLAY = frozenset({Phase.QUESTION_OPEN, Phase.QUESTION_CLOSED, Phase.LEADERBOARD, Phase.RUNNING})
_ALIVE = _IN_PLAY | {Phase.LOBBY}
_ALLOWED: MappingProxyType[Command, frozenset[Phase]] = MappingProxyType(
    {
        Command.START: frozenset({Phase.LOBBY}),
        Command.CLOSE: frozenset({Phase.QUESTION_OPEN}),
        Command.SHOW_BOARD: frozenset({Phase.QUESTION_CLOSED}),
        Command.NEXT: frozenset({Phase.QUESTION_CLOSED, Phase.LEADERBOARD}),
        Command.SKIP: frozenset({Phase.QUESTION_OPEN}),
        Command.EXTEND: frozenset({Phase.QUESTION_OPEN, Phase.RUNNING}),
        Command.LOCK: _ALIVE,
        Command.UNLOCK: _ALIVE,
        Command.KICK: _ALIVE,
        Command.BAN: _ALIVE,
        Command.FINISH: _ALIVE,
        Command.CANCEL: _ALIVE,
    }
)


def advanced(session: Session, order: Order, *, now_ms: int, expected_version: int | None) -> Session:
    """The session after `order`, one version higher; the same session where a timeless order changes nothing.

    Raises Refusal COMMAND_STALE when the session has moved on since `expected_version` (None: whatever stands, for
    timeless commands only), and COMMAND_NOT_ALLOWED when its phase does not know the command, or for what the
    command brings with it.
    """
    command = order.command
    if expected_version is None and command not in TIMELESS:
        raise _not_allowed(f"expected the version that {command} was meant for, got none")
    if expected_version not in {None, session.version}:
        raise Refusal(
            RefusalCode.COMMAND_STALE,
            f"expected version {session.version} of the session, got {expected_version}",
        )
    if session.phase not in _ALLOWED[command]:
        allowed = " or ".join(sorted(_ALLOWED[command]))
        raise _not_allowed(f"expected phase {allowed} for {command}, got {session.phase}")
    changed = _changed(session, order, now_ms)
    return session if changed == session else replace(changed, version=session.version + 1)


def _changed(session: Session, order: Order, now_ms: int) -> Session:
    match order.command:
        case Command.START if session.settings.pacing is Pacing.PLAYER:
            return _running(session, now_ms)
        case Command.START | Command.NEXT:
            return _next(session, now_ms)
        case Command.SKIP:
            return _next(_closed(session, now_ms), now_ms)
        case Command.CLOSE:
            return _closed(session, now_ms)
        case Command.SHOW_BOARD:
            return replace(session, phase=Phase.LEADERBOARD)
        case Command.EXTEND:
            return _extended(session, order.extend_ms)
        case Command.LOCK | Command.UNLOCK:
            return replace(session, locked=order.command is Command.LOCK)
        case Command.KICK | Command.BAN:
            return _removed(session, order)
        case Command.FINISH:
            return _finished(session, now_ms)
        case Command.CANCEL:
            return replace(_finished(session, now_ms), cancelled=True)
        case _:
            assert_never(order.command)


def next_deadline(session: Session) -> tuple[int, Command] | None:
    """When the clock acts on this state, in Unix milliseconds, and with which command; None if never.

    A session that nobody drives any more finishes by itself, `idle_ms` after its last change of phase.
    """
    match session.phase:
        case Phase.QUESTION_OPEN:
            return session.timings[session.question].closes_at_ms, Command.CLOSE
        case Phase.QUESTION_CLOSED if session.settings.pacing is Pacing.CLOCK:
            return session.timings[session.question].closes_at_ms + session.settings.reveal_ms, Command.NEXT
        case Phase.RUNNING:
            return session.ends_at_ms, Command.FINISH
        case Phase.LOBBY:
            return session.created_at_ms + session.settings.idle_ms, Command.CANCEL
        case Phase.QUESTION_CLOSED | Phase.LEADERBOARD:
            return session.timings[session.question].closes_at_ms + session.settings.idle_ms, Command.FINISH
        case Phase.FINISHED:
            return None
        case _:
            assert_never(session.phase)


def _next(session: Session, now_ms: int) -> Session:
    is_last = session.question + 1 >= len(session.time_limits_ms)
    return _finished(session, now_ms) if is_last else _opened(session, now_ms)


def _opened(session: Session, now_ms: int) -> Session:
    """Answers count from `lead_ms` later, so that everybody has read the question and no screen is late."""
    question = session.question + 1
    opened_at_ms = now_ms + session.settings.lead_ms
    timing = Timing(opened_at_ms=opened_at_ms, closes_at_ms=opened_at_ms + session.time_limits_ms[question])
    return replace(session, phase=Phase.QUESTION_OPEN, question=question, timings=(*session.timings, timing))


def _running(session: Session, now_ms: int) -> Session:
    return replace(session, phase=Phase.RUNNING, ends_at_ms=now_ms + session.settings.duration_ms)


def _closed(session: Session, now_ms: int) -> Session:
    """Closed now or at its deadline, whichever came first: a late close gives nobody more time."""
    if session.phase is not Phase.QUESTION_OPEN:
        return session
    timing = session.timings[session.question]
    closed = replace(timing, closes_at_ms=min(timing.closes_at_ms, max(now_ms, timing.opened_at_ms)))
    return replace(session, phase=Phase.QUESTION_CLOSED, timings=(*session.timings[:-1], closed))


def _extended(session: Session, extend_ms: int) -> Session:
    if extend_ms <= 0:
        raise _not_allowed(f"expected more than 0 ms to extend by, got {extend_ms}")
    if session.phase is Phase.RUNNING:
        return replace(session, ends_at_ms=session.ends_at_ms + extend_ms)
    timing = session.timings[session.question]
    longer = replace(timing, closes_at_ms=timing.closes_at_ms + extend_ms)
    open_ms = longer.closes_at_ms - longer.opened_at_ms
    if open_ms > MAX_OPEN_MS:
        raise _not_allowed(f"expected a question open for at most {MAX_OPEN_MS} ms, got {open_ms}")
    return replace(session, timings=(*session.timings[:-1], longer))


def _removed(session: Session, order: Order) -> Session:
    if not order.player_id:
        raise _not_allowed(f"expected the player to {order.command}, got none")
    removed = session.removed
    if order.player_id not in removed:
        removed = (*removed, order.player_id)
    if len(removed) > MAX_REMOVED:
        raise _not_allowed(f"expected at most {MAX_REMOVED} removed players, got one more: lock the session")
    added = order.banned if order.command is Command.BAN else ()
    banned = (*session.banned, *(item for item in added if item not in session.banned))
    return replace(session, removed=removed, banned=banned)


def _finished(session: Session, now_ms: int) -> Session:
    return replace(_closed(session, now_ms), phase=Phase.FINISHED)


def _not_allowed(message: str) -> Refusal:
    return Refusal(RefusalCode.COMMAND_NOT_ALLOWED, message)
