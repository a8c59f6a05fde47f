"""The events that the gateway emits. Ids derive from what a repetition shares: a retry is the same event."""

from datetime import UTC, datetime

from shared.domain.identifiers import derived_id
from shared.domain.quiz import Quiz
from shared.domain.session import Session
from shared.events import catalog
from shared.events.catalog import EventType
from shared.events.event import Event
from shared.events.payloads import (
    AnswerSubmitted,
    Payload,
    PipelineWakeRequested,
    PlayerJoinRequested,
    QuestionRequested,
    SessionRebuildRequested,
)
from shared.events.views import session_changed, session_event_type

SOURCE = "/quizline/gateway"


def rfc3339(now_ms: int) -> str:
    """Unix milliseconds as CloudEvents' `time`."""
    return datetime.fromtimestamp(now_ms / 1_000, tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def join_requested(session_id: str, request: PlayerJoinRequested, *, traceparent: str) -> Event:
    """One request of one player, however often it is sent."""
    return _event(
        catalog.PLAYER_JOIN_REQUESTED,
        session_id,
        cause=request.player_id,
        now_ms=request.received_at_ms,
        data=request,
        traceparent=traceparent,
    )


def answer_submitted(session_id: str, answer: AnswerSubmitted, *, traceparent: str) -> Event:
    """One answer of one player, however often it is sent under the same id."""
    cause = f"{session_id}/{answer.player_id}/{answer.question}/{answer.answer_id}"
    return _event(
        catalog.ANSWER_SUBMITTED,
        session_id,
        cause=cause,
        now_ms=answer.received_at_ms,
        data=answer,
        traceparent=traceparent,
    )


def question_requested(session_id: str, request: QuestionRequested, *, traceparent: str) -> Event:
    """One request of one player, however often it is sent under the same id."""
    cause = f"{session_id}/{request.player_id}/{request.question}/{request.request_id}"
    return _event(
        catalog.QUESTION_REQUESTED,
        session_id,
        cause=cause,
        now_ms=request.received_at_ms,
        data=request,
        traceparent=traceparent,
    )


def session_announced(session: Session, quiz: Quiz, *, now_ms: int, traceparent: str) -> Event:
    """The public state of the session at its version, whoever announces it."""
    event_type = session_event_type(session.phase)
    return _event(
        event_type,
        session.id,
        cause=f"{session.id}/{session.version}",
        now_ms=now_ms,
        data=session_changed(session, quiz),
        traceparent=traceparent,
    )


def rebuild_requested(session_id: str, *, redis_epoch: str, now_ms: int, traceparent: str) -> Event:
    """One request per session and loss of Redis, whichever gateways make it."""
    return _event(
        catalog.SESSION_REBUILD_REQUESTED,
        session_id,
        cause=f"{redis_epoch}/{session_id}",
        now_ms=now_ms,
        data=SessionRebuildRequested(redis_epoch=redis_epoch),
        traceparent=traceparent,
    )


def wake_requested(session_id: str, *, gateway: str, now_ms: int, every_ms: int, traceparent: str) -> Event:
    """One of a session in each `every_ms`."""
    return _event(
        catalog.PIPELINE_WAKE_REQUESTED,
        session_id,
        cause=f"{session_id}/{now_ms // every_ms}",
        now_ms=now_ms,
        data=PipelineWakeRequested(gateway=gateway),
        traceparent=traceparent,
    )


def _event(
    event_type: EventType, session_id: str, *, cause: str, now_ms: int, data: Payload, traceparent: str
) -> Event:
    """`cause`: what a repetition has in common with it, so that both have the same id."""
    return Event(
        id=derived_id(cause, event_type.name),
        type=event_type,
        source=SOURCE,
        subject=session_id,
        time=rfc3339(now_ms),
        data=data,
        traceparent=traceparent,
    )
