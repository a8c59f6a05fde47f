"""One live run of a quiz, as a state machine: phases, host's commands, deadlines.

    lobby → question_open → question_closed → question_open → … → question_closed → finished

Pure: `now_ms` comes in, the next state goes out. Every state has a `version`, one higher per change; stores
change a session by comparing it, so a stale or repeated command is harmless.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.scoring import ScoringPolicy


class Phase(StrEnum):
    LOBBY = "lobby"
    QUESTION_OPEN = "question_open"
    QUESTION_CLOSED = "question_closed"
    FINISHED = "finished"


class Command(StrEnum):
    """What a host, or the clock in the host's place, can ask for."""

    START = "start"  # lobby → first question
    CLOSE = "close"  # the open question, early or at its deadline
    NEXT = "next"  # the next question, or the end after the last
    FINISH = "finish"  # the end, at once


class Pacing(StrEnum):
    HOST = "host"  # the host opens each next question; the clock closes it
    CLOCK = "clock"  # after the reveal the clock opens the next question too


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Chosen when the session opens; fixed from then on. Durations in milliseconds."""

    policy: ScoringPolicy = ScoringPolicy.SPEED_V1
    pacing: Pacing = Pacing.HOST
    late_join: bool = True
    reveal_ms: int = 5_000
    max_players: int = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a question opened and closes, in Unix milliseconds of the one clock."""

    opened_at_ms: int
    closes_at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`timings[i]` stands from the moment question i opened; `question` is -1 in the lobby."""

    id: str
    code: str
    quiz_id: str
    quiz_version: int
    time_limits_ms: tuple[int, ...]
    settings: Settings
    created_at_ms: int
    phase: Phase = Phase.LOBBY
    version: int = 1
    question: int = -1
    timings: tuple[Timing, ...] = ()


_ALLOWED: MappingProxyType[Command, frozenset[Phase]] = MappingProxyType(
    {
        Command.START: frozenset({Phase.LOBBY}),
        Command.CLOSE: frozenset({Phase.QUESTION_OPEN}),
        Command.NEXT: frozenset({Phase.QUESTION_CLOSED}),
        Command.FINISH: frozenset({Phase.LOBBY, Phase.QUESTION_OPEN, Phase.QUESTION_CLOSED}),
    }
)


def advanced(session: Session, command: Command, *, now_ms: int, expected_version: int) -> Session:
    """The session after `command`, one version higher.

    Raises Refusal COMMAND_STALE when the session has moved on since `expected_version`, and
    COMMAND_NOT_ALLOWED when its phase does not know the command.
    """
    if session.version != expected_version:
        raise Refusal(
            RefusalCode.COMMAND_STALE,
            f"expected version {session.version} of the session, got {expected_version}",
        )
    if session.phase not in _ALLOWED[command]:
        allowed = " or ".join(sorted(_ALLOWED[command]))
        raise Refusal(
            RefusalCode.COMMAND_NOT_ALLOWED,
            f"expected phase {allowed} for {command}, got {session.phase}",
        )
    match command:
        case Command.START | Command.NEXT:
            is_last = session.question + 1 >= len(session.time_limits_ms)
            return _finished(session, now_ms) if is_last else _opened(session, now_ms)
        case Command.CLOSE:
            return replace(_closed(session, now_ms), version=session.version + 1)
        case Command.FINISH:
            return _finished(session, now_ms)
        case _:
            assert_never(command)


def next_deadline(session: Session) -> tuple[int, Command] | None:
    """When the clock acts on this state, in Unix milliseconds, and with which command; None if never."""
    if session.phase is Phase.QUESTION_OPEN:
        return session.timings[session.question].closes_at_ms, Command.CLOSE
    if session.phase is Phase.QUESTION_CLOSED and session.settings.pacing is Pacing.CLOCK:
        return session.timings[session.question].closes_at_ms + session.settings.reveal_ms, Command.NEXT
    return None


def _opened(session: Session, now_ms: int) -> Session:
    question = session.question + 1
    timing = Timing(opened_at_ms=now_ms, closes_at_ms=now_ms + session.time_limits_ms[question])
    return replace(
        session,
        phase=Phase.QUESTION_OPEN,
        version=session.version + 1,
        question=question,
        timings=(*session.timings, timing),
    )


def _closed(session: Session, now_ms: int) -> Session:
    """Closed now or at its deadline, whichever came first: a late close gives nobody more time."""
    if session.phase is not Phase.QUESTION_OPEN:
        return session
    timing = session.timings[session.question]
    closed = replace(timing, closes_at_ms=min(timing.closes_at_ms, max(now_ms, timing.opened_at_ms)))
    return replace(session, phase=Phase.QUESTION_CLOSED, timings=(*session.timings[:-1], closed))


def _finished(session: Session, now_ms: int) -> Session:
    return replace(_closed(session, now_ms), phase=Phase.FINISHED, version=session.version + 1)
