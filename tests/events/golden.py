"""The golden event of every type of the catalogue: the story of tests/story.py as the system emits it.

What the gateway lets in is made by its own code; what functions emit is written out, and tests/unit/functions
holds the handlers to it.
"""

from dataclasses import replace

import msgspec

from functions.join import handler as join
from functions.rank import handler as rank
from functions.score import handler as score
from functions.submit import handler as submit
from gateway.sessions import emitted
from shared.domain.errors import RefusalCode
from shared.domain.identifiers import player_id
from shared.domain.player import Player
from shared.domain.ranking import edition_of
from shared.domain.session import Session, Timing
from shared.events import catalog
from shared.events.event import Event, derive
from shared.events.payloads import (
    AnswerAccepted,
    AnswerRefused,
    AnswerSubmitted,
    BoardEntry,
    LeaderboardUpdated,
    PlayerJoined,
    PlayerJoinRequested,
    PlayerQuestionOpened,
    PlayerRefused,
    PlayerResult,
    QuestionRefused,
    QuestionRequested,
    ScoreUpdated,
    Value,
)
from shared.events.views import question_view
from tests import story
from tests.story import ADA, GATEWAY, GRACE, QUIZ, SESSION_ID, START_MS

ANSWERED_AT_MS = START_MS + 14_000
TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def _announced(session: Session, *, at_ms: int) -> Event:
    return emitted.session_announced(session, QUIZ, now_ms=at_ms, traceparent=TRACEPARENT)


def join_request(request_id: str, nickname: str, *, at_ms: int) -> Event:
    """Somebody asks to join the story's session."""
    payload = PlayerJoinRequested(
        request_id=request_id,
        player_id=player_id(SESSION_ID, request_id),
        nickname=nickname,
        gateway=GATEWAY,
        received_at_ms=at_ms,
    )
    return emitted.join_requested(SESSION_ID, payload, traceparent=TRACEPARENT)


def submission(player: Player, answer_id: str, value: Value, *, question: int, at_ms: int) -> Event:
    """A player of the story answers."""
    payload = AnswerSubmitted(
        answer_id=answer_id, player_id=player.id, question=question, value=value, received_at_ms=at_ms
    )
    return emitted.answer_submitted(SESSION_ID, payload, traceparent=TRACEPARENT)


SESSION_OPENED = _announced(story.LOBBY, at_ms=START_MS)
PLAYER_JOIN_REQUESTED = join_request(ADA.request_id, ADA.nickname, at_ms=ADA.joined_at_ms)
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
    source=join.SOURCE,
)
# Somebody else wants to be Ada too.
SECOND_JOIN_REQUEST = join_request("join-request-of-another", " ADA ", at_ms=START_MS + 3_000)
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
    source=join.SOURCE,
)
QUESTION_OPENED = _announced(story.FIRST_OPEN, at_ms=START_MS + 10_000)
ANSWER_SUBMITTED = submission(ADA, "first-answer-of-ada", Value(choices=(1,)), question=0, at_ms=ANSWERED_AT_MS)
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
        policy=story.LOBBY.rules.policy,
        shuffle_seed=story.LOBBY.seed,
    ),
    source=submit.SOURCE,
)
# Ada thinks again, but the first answer counts.
SECOND_SUBMISSION = submission(
    ADA, "second-answer-of-ada", Value(choices=(2,)), question=0, at_ms=ANSWERED_AT_MS + 1_000
)
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
    source=submit.SOURCE,
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
        answer_id="first-answer-of-ada",
        received_at_ms=ANSWERED_AT_MS,
    ),
    source=score.SOURCE,
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
        edition=edition_of(1, removed=0, held=False),
    ),
    source=rank.SOURCE,
    discriminator=str(edition_of(1, removed=0, held=False)),
)
QUESTION_CLOSED = _announced(story.FIRST_CLOSED, at_ms=START_MS + 30_000)
LEADERBOARD_SHOWN = _announced(story.FIRST_BOARD, at_ms=START_MS + 35_000)
SESSION_FINISHED = _announced(story.FINISHED, at_ms=START_MS + 60_000)
SESSION_REBUILD_REQUESTED = emitted.rebuild_requested(
    SESSION_ID, redis_epoch="second-epoch", now_ms=START_MS + 70_000, traceparent=TRACEPARENT
)
PIPELINE_WAKE_REQUESTED = emitted.wake_requested(
    SESSION_ID, gateway=GATEWAY, now_ms=START_MS + 80_000, every_ms=10_000, traceparent=TRACEPARENT
)

# The same quiz in a session that each player paces, with a result at once.
SESSION_STARTED = emitted.session_announced(story.RUNNING, QUIZ, now_ms=START_MS + 10_000, traceparent=TRACEPARENT)
QUESTION_REQUESTED = emitted.question_requested(
    story.SELF_PACED_ID,
    QuestionRequested(
        request_id="adas-request-for-question-1", player_id=ADA.id, question=0, received_at_ms=START_MS + 12_000
    ),
    traceparent=TRACEPARENT,
)
PLAYER_QUESTION_OPENED = derive(
    QUESTION_REQUESTED,
    catalog.PLAYER_QUESTION_OPENED,
    PlayerQuestionOpened(
        request_id="adas-request-for-question-1",
        player_id=ADA.id,
        question=question_view(
            QUIZ.questions[0],
            0,
            Timing(opened_at_ms=story.OPENED_FOR_ADA_MS, closes_at_ms=story.OPENED_FOR_ADA_MS + 20_000),
        ),
        answered=False,
    ),
    source=submit.SOURCE,
)
# Nobody can read ahead.
EARLY_REQUEST = emitted.question_requested(
    story.SELF_PACED_ID,
    QuestionRequested(
        request_id="graces-request-for-question-2",
        player_id=GRACE.id,
        question=1,
        received_at_ms=START_MS + 12_000,
    ),
    traceparent=TRACEPARENT,
)
QUESTION_REFUSED = derive(
    EARLY_REQUEST,
    catalog.QUESTION_REFUSED,
    QuestionRefused(
        request_id="graces-request-for-question-2",
        player_id=GRACE.id,
        question=1,
        code=RefusalCode.QUESTION_NOT_OPEN,
        message="expected question 1 to be opened before question 2",
    ),
    source=submit.SOURCE,
)
SELF_PACED_ACCEPTED = replace(
    ANSWER_ACCEPTED,
    subject=story.SELF_PACED_ID,
    data=msgspec.structs.replace(ANSWER_ACCEPTED.data, tells_result=True),
)
PLAYER_RESULT = derive(
    SELF_PACED_ACCEPTED,
    catalog.PLAYER_RESULT,
    PlayerResult(player_id=ADA.id, answer_id="first-answer-of-ada", question=0, correct=True, points=900),
    source=score.SOURCE,
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
    LEADERBOARD_SHOWN,
    SESSION_FINISHED,
    SESSION_STARTED,
    QUESTION_REQUESTED,
    PLAYER_QUESTION_OPENED,
    QUESTION_REFUSED,
    PLAYER_RESULT,
    SESSION_REBUILD_REQUESTED,
    PIPELINE_WAKE_REQUESTED,
)
