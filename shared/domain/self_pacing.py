"""A session that each player paces: questions one after the other, each by that player's own clock."""

from dataclasses import dataclass

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.session import Phase, Session, Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """That a question opened for one player. Stored once: asking again does not start the clock anew."""

    session_id: str
    player_id: str
    question: int
    opened_at_ms: int


def check_opening(session: Session, *, question: int, has_previous: bool, now_ms: int) -> None:
    """Raise Refusal QUESTION_NOT_OPEN unless the player may open `question` now: all before it come first."""
    if session.phase is not Phase.RUNNING:
        raise _not_open(f"expected a running session, got phase {session.phase}")
    if now_ms > session.ends_at_ms:
        raise _not_open(f"this session ended {now_ms - session.ends_at_ms} ms earlier")
    if not 0 <= question < len(session.time_limits_ms):
        raise _not_open(f"expected question 1 to {len(session.time_limits_ms)}, got {question + 1}")
    if question > 0 and not has_previous:
        raise _not_open(f"expected question {question} to be opened before question {question + 1}")


def own_timing(session: Session, opening: Opening) -> Timing:
    """A player's own clock for one question; the end of the session ends it, too."""
    closes_at_ms = opening.opened_at_ms + session.time_limits_ms[opening.question]
    if session.ends_at_ms:
        closes_at_ms = min(closes_at_ms, session.ends_at_ms)
    return Timing(opened_at_ms=opening.opened_at_ms, closes_at_ms=max(closes_at_ms, opening.opened_at_ms))


def _not_open(message: str) -> Refusal:
    return Refusal(RefusalCode.QUESTION_NOT_OPEN, message)
