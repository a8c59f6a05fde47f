"""The event catalogue: every type with its payload, topic and Kafka key. The one source of all of them.

Topics in manifests, sources, fixtures and published schemas are checked against this table by tests.
"""

from dataclasses import dataclass

from shared.domain.identifiers import partition_key
from shared.events.payloads import (
    AnswerAccepted,
    AnswerRefused,
    AnswerSubmitted,
    LeaderboardUpdated,
    Payload,
    PipelineWakeRequested,
    PlayerJoined,
    PlayerJoinRequested,
    PlayerQuestionOpened,
    PlayerRefused,
    PlayerResult,
    QuestionRefused,
    QuestionRequested,
    ScoreUpdated,
    SessionChanged,
    SessionRebuildRequested,
)

JOINS = "quiz.joins"
ANSWERS_SUBMITTED = "quiz.answers.submitted"
ANSWERS_ACCEPTED = "quiz.answers.accepted"
PLAYERS = "quiz.players"
SCORES = "quiz.scores"
LEADERBOARDS = "quiz.leaderboards"
SESSIONS = "quiz.sessions"
WAKES = "quiz.wakes"
DEAD_LETTERS = "quiz.dead-letters"

TOPICS = (
    JOINS,
    ANSWERS_SUBMITTED,
    ANSWERS_ACCEPTED,
    PLAYERS,
    SCORES,
    LEADERBOARDS,
    SESSIONS,
    WAKES,
    DEAD_LETTERS,
)


@dataclass(frozen=True, slots=True)
class EventType:
    """One row: `name` is the CloudEvents type, `payload` what `data` must be, `topic` where it goes."""

    name: str
    payload: type[Payload]
    topic: str

    def key(self, session_id: str, payload: Payload) -> str:
        """Kafka key: session/player where there is a player, else the session."""
        player = getattr(payload, "player_id", None)
        return session_id if player is None else partition_key(session_id, player)


PLAYER_JOIN_REQUESTED = EventType("app.quizline.player.join-requested.v1", PlayerJoinRequested, JOINS)
PLAYER_JOINED = EventType("app.quizline.player.joined.v1", PlayerJoined, PLAYERS)
PLAYER_REFUSED = EventType("app.quizline.player.refused.v1", PlayerRefused, PLAYERS)
ANSWER_SUBMITTED = EventType("app.quizline.answer.submitted.v1", AnswerSubmitted, ANSWERS_SUBMITTED)
ANSWER_ACCEPTED = EventType("app.quizline.answer.accepted.v1", AnswerAccepted, ANSWERS_ACCEPTED)
ANSWER_REFUSED = EventType("app.quizline.answer.refused.v1", AnswerRefused, PLAYERS)
QUESTION_REQUESTED = EventType("app.quizline.question.requested.v1", QuestionRequested, ANSWERS_SUBMITTED)
QUESTION_REFUSED = EventType("app.quizline.question.refused.v1", QuestionRefused, PLAYERS)
PLAYER_QUESTION_OPENED = EventType("app.quizline.player.question-opened.v1", PlayerQuestionOpened, PLAYERS)
PLAYER_RESULT = EventType("app.quizline.player.result-shown.v1", PlayerResult, PLAYERS)
SCORE_UPDATED = EventType("app.quizline.score.updated.v1", ScoreUpdated, SCORES)
LEADERBOARD_UPDATED = EventType("app.quizline.leaderboard.updated.v1", LeaderboardUpdated, LEADERBOARDS)
SESSION_OPENED = EventType("app.quizline.session.opened.v1", SessionChanged, SESSIONS)
QUESTION_OPENED = EventType("app.quizline.session.question-opened.v1", SessionChanged, SESSIONS)
QUESTION_CLOSED = EventType("app.quizline.session.question-closed.v1", SessionChanged, SESSIONS)
LEADERBOARD_SHOWN = EventType("app.quizline.session.leaderboard-shown.v1", SessionChanged, SESSIONS)
SESSION_STARTED = EventType("app.quizline.session.started.v1", SessionChanged, SESSIONS)
SESSION_FINISHED = EventType("app.quizline.session.finished.v1", SessionChanged, SESSIONS)
SESSION_REBUILD_REQUESTED = EventType(
    "app.quizline.session.rebuild-requested.v1", SessionRebuildRequested, SESSIONS
)
PIPELINE_WAKE_REQUESTED = EventType("app.quizline.pipeline.wake-requested.v1", PipelineWakeRequested, WAKES)

CATALOG = {
    event_type.name: event_type
    for event_type in (
        PLAYER_JOIN_REQUESTED,
        PLAYER_JOINED,
        PLAYER_REFUSED,
        ANSWER_SUBMITTED,
        ANSWER_ACCEPTED,
        ANSWER_REFUSED,
        QUESTION_REQUESTED,
        QUESTION_REFUSED,
        PLAYER_QUESTION_OPENED,
        PLAYER_RESULT,
        SCORE_UPDATED,
        LEADERBOARD_UPDATED,
        SESSION_OPENED,
        QUESTION_OPENED,
        QUESTION_CLOSED,
        LEADERBOARD_SHOWN,
        SESSION_STARTED,
        SESSION_FINISHED,
        SESSION_REBUILD_REQUESTED,
        PIPELINE_WAKE_REQUESTED,
    )
}
