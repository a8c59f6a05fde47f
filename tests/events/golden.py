"""The golden event of every type of the catalogue: the story of tests/story.py as the system emits it.

What functions emit derives from its cause here as it does there; tests/unit/functions holds the handlers to it.
"""

from datetime import UTC, datetime

from shared.domain.errors import RefusalCode
from shared.domain.identifiers import derived_id, player_id
from shared.domain.session import Session
from shared.events import catalog
from shared.events.catalog import EventType
from shared.events.event import Event, derive
from shared.events.payloads import (
    AnswerAccepted,
    AnswerRefused,
    AnswerSubmitted,
    BoardEntry,
    LeaderboardUpdated,
    Payload,
    PlayerJoined,
    PlayerJoinRequested,
    PlayerRefused,
    ScoreUpdated,
    SessionRebuildRequested,
    Value,
)
from shared.events.views import session_changed, session_event_type
from tests import story
from tests.story import ADA, GATEWAY, QUIZ, SESSION_ID, START_MS

JOIN = "/quizline/functions/join"
SUBMIT = "/quizline/functions/submit"
SCORE = "/quizline/functions/score"
RANK = "/quizline/functions/rank"
ANSWERED_AT_MS = START_MS + 14_000


def _entered(event_type: EventType, name: str, data: Payload, *, at_ms: int) -> Event:
    """An event that the gateway lets in: the first cause of what follows."""
    moment = datetime.fromtimestamp(at_ms / 1_000, tz=UTC)
    event_id = derived_id(f"{SESSION_ID}/{name}", event_type.name)
    return Event(
        id=event_id,
        type=event_type,
        source="/quizline/gateway",
        subject=SESSION_ID,
        time=moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        data=data,
        traceparent=f"00-{event_id.replace('-', '')}-00f067aa0ba902b7-01",
    )


def _announced(session: Session, *, at_ms: int) -> Event:
    event_type = session_event_type(session.phase)
    return _entered(event_type, str(session.version), session_changed(session, QUIZ), at_ms=at_ms)


def _join_request(request_id: str, nickname: str, *, at_ms: int) -> Event:
    payload = PlayerJoinRequested(
        request_id=request_id,
        player_id=player_id(SESSION_ID, request_id),
        nickname=nickname,
        gateway=GATEWAY,
        received_at_ms=at_ms,
    )
    return _entered(catalog.PLAYER_JOIN_REQUESTED, request_id, payload, at_ms=at_ms)


def _submission(answer_id: str, choice: int, *, at_ms: int) -> Event:
    payload = AnswerSubmitted(
        answer_id=answer_id,
        player_id=ADA.id,
        question=0,
        value=Value(choices=(choice,)),
        received_at_ms=at_ms,
    )
    return _entered(catalog.ANSWER_SUBMITTED, f"{ADA.id}/{answer_id}", payload, at_ms=at_ms)


SESSION_OPENED = _announced(story.LOBBY, at_ms=START_MS)
PLAYER_JOIN_REQUESTED = _join_request(ADA.request_id, ADA.nickname, at_ms=ADA.joined_at_ms)
PLAYER_JOINED = derive(
    PLAYER_JOIN_REQUESTED,
    catalog.PLAYER_JOINED,
    PlayerJoined(
        request_id=ADA.request_id,
        player_id=ADA.id,
        nickname=ADA.nickname,
        joined_at_ms=ADA.joined_at_ms,
        gateway=GATEWAY,
    ),
    source=JOIN,
)
# Somebody else wants to be Ada too.
SECOND_JOIN_REQUEST = _join_request("join-request-of-another", " ADA ", at_ms=START_MS + 3_000)
PLAYER_REFUSED = derive(
    SECOND_JOIN_REQUEST,
    catalog.PLAYER_REFUSED,
    PlayerRefused(
        request_id="join-request-of-another",
        player_id=player_id(SESSION_ID, "join-request-of-another"),
        code=RefusalCode.NICKNAME_TAKEN,
        message="expected a free nickname, got 'ADA', which is taken",
        gateway=GATEWAY,
    ),
    source=JOIN,
)
QUESTION_OPENED = _announced(story.FIRST_OPEN, at_ms=START_MS + 10_000)
ANSWER_SUBMITTED = _submission("first-answer-of-ada", 1, at_ms=ANSWERED_AT_MS)
ANSWER_ACCEPTED = derive(
    ANSWER_SUBMITTED,
    catalog.ANSWER_ACCEPTED,
    AnswerAccepted(
        answer_id="first-answer-of-ada",
        player_id=ADA.id,
        nickname=ADA.nickname,
        joined_at_ms=ADA.joined_at_ms,
        question=0,
        value=Value(choices=(1,)),
        received_at_ms=ANSWERED_AT_MS,
        elapsed_ms=4_000,
        quiz_id=QUIZ.id,
        quiz_version=QUIZ.version,
        policy=story.LOBBY.settings.policy,
    ),
    source=SUBMIT,
)
# Ada thinks again, but the first answer counts.
SECOND_SUBMISSION = _submission("second-answer-of-ada", 2, at_ms=ANSWERED_AT_MS + 1_000)
ANSWER_REFUSED = derive(
    SECOND_SUBMISSION,
    catalog.ANSWER_REFUSED,
    AnswerRefused(
        answer_id="second-answer-of-ada",
        player_id=ADA.id,
        question=0,
        code=RefusalCode.ANSWER_ALREADY_GIVEN,
        message="expected one answer to question 1, got another; the first counts",
    ),
    source=SUBMIT,
)
SCORE_UPDATED = derive(
    ANSWER_ACCEPTED,
    catalog.SCORE_UPDATED,
    ScoreUpdated(
        player_id=ADA.id,
        nickname=ADA.nickname,
        joined_at_ms=ADA.joined_at_ms,
        question=0,
        correct=True,
        points=900,  # 1000 × (1 − 4 s / 20 s / 2)
        elapsed_ms=4_000,
    ),
    source=SCORE,
)
LEADERBOARD_UPDATED = derive(
    SCORE_UPDATED,
    catalog.LEADERBOARD_UPDATED,
    LeaderboardUpdated(
        version=1,
        players=1,
        question=0,
        answered=1,
        top=(BoardEntry(rank=1, player_id=ADA.id, nickname=ADA.nickname, points=900, total_ms=4_000),),
    ),
    source=RANK,
    discriminator="1",
)
QUESTION_CLOSED = _announced(story.FIRST_CLOSED, at_ms=START_MS + 30_000)
SESSION_FINISHED = _announced(story.FINISHED, at_ms=START_MS + 60_000)
SESSION_REBUILD_REQUESTED = _entered(
    catalog.SESSION_REBUILD_REQUESTED,
    "second-epoch",
    SessionRebuildRequested(redis_epoch="second-epoch"),
    at_ms=START_MS + 70_000,
)

# In the order in which they can be posted.
GOLDEN = (
    SESSION_OPENED,
    PLAYER_JOIN_REQUESTED,
    PLAYER_JOINED,
    PLAYER_REFUSED,
    QUESTION_OPENED,
    ANSWER_SUBMITTED,
    ANSWER_ACCEPTED,
    ANSWER_REFUSED,
    SCORE_UPDATED,
    LEADERBOARD_UPDATED,
    QUESTION_CLOSED,
    SESSION_FINISHED,
    SESSION_REBUILD_REQUESTED,
)
