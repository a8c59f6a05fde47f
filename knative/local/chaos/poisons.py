"""Records that no function can take, for every topic. Pure: a record, and the id that its letters carry.

A poison of the live session is the harder test: what is beside it is real.
"""

import uuid
from dataclasses import dataclass

from shared.domain.scoring import ScoringPolicy
from shared.domain.session import Phase
from shared.events import catalog
from shared.events.catalog import EventType
from shared.events.codec import Record, to_record
from shared.events.event import Event
from shared.events.payloads import (
    AnswerAccepted,
    AnswerSubmitted,
    LeaderboardUpdated,
    Payload,
    PipelineWakeRequested,
    PlayerJoined,
    PlayerJoinRequested,
    ScoreUpdated,
    SessionChanged,
    Value,
)

UNKNOWN_TYPE = b"app.quizline.nothing.happened.v1"
HUGE_BYTES = 800_000
_NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Poison:
    """`kind` is for people."""

    kind: str
    id: str
    record: Record


def poisons(session_id: str) -> list[Poison]:
    """Each kind for each topic, as events of `session_id`; the unknown session's are of another."""
    made = []
    for event_type, payload in _SAMPLES:
        made += [
            _with_value("bad JSON", event_type, payload, session_id, value=b"{not JSON"),
            _with_value("no UTF-8", event_type, payload, session_id, value=b'{"player_id":"\xff\xfe"}'),
            _with_value("wrong shape", event_type, payload, session_id, value=b"[1,2,3]"),
            _with_value("huge", event_type, payload, session_id, value=b'{"x":"' + b"x" * HUGE_BYTES),
            _of_unknown_type(event_type, payload, session_id),
        ]
        if event_type in _NEEDS_SESSION:
            made.append(_poison("unknown session", _event(event_type, payload, uuid.uuid4().hex)))
    return made


def sound_records(session_id: str) -> list[Record]:
    """One of each type as it should be, to be spoilt by whoever asks."""
    return [to_record(_event(event_type, payload, session_id)) for event_type, payload in _SAMPLES]


def _with_value(kind: str, event_type: EventType, payload: Payload, session_id: str, *, value: bytes) -> Poison:
    event = _event(event_type, payload, session_id)
    record = to_record(event)
    return Poison(kind, event.id, Record(record.topic, record.key, record.headers, value))


def _of_unknown_type(event_type: EventType, payload: Payload, session_id: str) -> Poison:
    event = _event(event_type, payload, session_id)
    record = to_record(event)
    headers = [*({**dict(record.headers), "ce_type": UNKNOWN_TYPE}).items()]
    return Poison("unknown type", event.id, Record(record.topic, record.key, headers, record.value))


def _poison(kind: str, event: Event) -> Poison:
    return Poison(kind, event.id, to_record(event))


def _event(event_type: EventType, payload: Payload, session_id: str) -> Event:
    return Event(
        id=uuid.uuid4().hex,
        type=event_type,
        source="/quizline/chaos",
        subject=session_id,
        time="",
        data=payload,
    )


_ANSWER = AnswerSubmitted(
    answer_id=_NOBODY, player_id=_NOBODY, question=0, value=Value(choices=(0,)), received_at_ms=1
)
# An unknown session (or its quiz) is known for what it is by those who must read it.
_NEEDS_SESSION = (catalog.PLAYER_JOIN_REQUESTED, catalog.ANSWER_SUBMITTED, catalog.ANSWER_ACCEPTED)
_SAMPLES: tuple[tuple[EventType, Payload], ...] = (
    (
        catalog.PLAYER_JOIN_REQUESTED,
        PlayerJoinRequested(
            request_id=_NOBODY, player_id=_NOBODY, nickname="Nobody", received_at_ms=1, gateway="gateway-0"
        ),
    ),
    (catalog.ANSWER_SUBMITTED, _ANSWER),
    (
        catalog.ANSWER_ACCEPTED,
        AnswerAccepted(
            answer_id=_NOBODY,
            player_id=_NOBODY,
            nickname="Nobody",
            joined_at_ms=1,
            question=0,
            value=Value(choices=(0,)),
            received_at_ms=1,
            elapsed_ms=1,
            quiz_id=_NOBODY,
            quiz_version=1,
            policy=ScoringPolicy.SPEED_V1,
        ),
    ),
    (
        catalog.SCORE_UPDATED,
        ScoreUpdated(
            player_id=_NOBODY,
            nickname="Nobody",
            joined_at_ms=1,
            question=0,
            correct=True,
            points=1,
            elapsed_ms=1,
        ),
    ),
    (
        catalog.LEADERBOARD_UPDATED,
        LeaderboardUpdated(version=1, players=1, question=0, answered=1, top=()),
    ),
    (
        catalog.PLAYER_JOINED,
        PlayerJoined(
            request_id=_NOBODY, player_id=_NOBODY, nickname="Nobody", joined_at_ms=1, gateway="gateway-0"
        ),
    ),
    (catalog.SESSION_OPENED, SessionChanged(version=1, phase=Phase.LOBBY, title="Nothing", question_count=1)),
    (catalog.PIPELINE_WAKE_REQUESTED, PipelineWakeRequested(gateway=_NOBODY)),
)
