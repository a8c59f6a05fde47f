"""A play that went well, as the log and the bots would tell it; tests plant one error each."""

import msgspec

from knative.local.play.bots import Evidence
from knative.local.play.verify import accepted_answers, recomputed_board
from shared.client.outbox import SentAnswer
from shared.domain.identifiers import derived_id
from shared.domain.quiz import Question, QuestionType, Quiz
from shared.domain.ranking import TOP_ENTRIES, Leaderboard
from shared.domain.scoring import ScoringPolicy
from shared.events.catalog import ANSWER_ACCEPTED
from shared.events.event import Event
from shared.events.payloads import AnswerAccepted, BoardEntry, LeaderboardUpdated, Value
from shared.protocol import Me

QUIZ = Quiz(
    id="quiz",
    version=1,
    title="Planted",
    questions=(
        Question(type=QuestionType.SINGLE, prompt="Which?", choices=("a", "b"), correct=(1,)),
        Question(type=QuestionType.TEXT, prompt="Who?", accepted=("Ada",)),
    ),
)
VALUES = {
    0: [Value(choices=(1,)), Value(choices=(0,)), Value(choices=(1,))],
    1: [Value(text="ada"), Value(text="Grace"), Value(text="Edsger")],
}
PLAYERS = ("p0", "p1", "p2")


def accepted(player: int, question: int, *, event_id: str = "", value: Value | None = None) -> Event:
    """The acceptance of a bot's answer."""
    answer_id = f"{player}/{question}"
    data = AnswerAccepted(
        answer_id=answer_id,
        player_id=PLAYERS[player],
        nickname=f"Bot {player}",
        joined_at_ms=1_000 + player,
        question=question,
        value=value or VALUES[question][player],
        received_at_ms=5_000 + player * 100,
        elapsed_ms=1_000 + player * 100,
        quiz_id="quiz",
        quiz_version=1,
        policy=ScoringPolicy.SPEED_V1,
    )
    return Event(
        id=event_id or derived_id(answer_id, "accepted"),
        type=ANSWER_ACCEPTED,
        source="/test",
        subject="session",
        time="2026-01-01T00:00:00Z",
        data=data,
    )


def good_log() -> list[Event]:
    return [accepted(player, question) for question in (0, 1) for player in range(len(PLAYERS))]


def good_board() -> Leaderboard:
    return recomputed_board(QUIZ, accepted_answers(good_log()))


def good_evidence() -> list[Evidence]:
    """Three bots that saw the right board."""
    return [_evidence(player, good_board()) for player in range(len(PLAYERS))]


def seen(board: Leaderboard) -> LeaderboardUpdated:
    """The board as a client shows it."""
    top = msgspec.convert(msgspec.to_builtins(board.entries[:TOP_ENTRIES]), tuple[BoardEntry, ...])
    return LeaderboardUpdated(
        version=board.version, players=len(board.entries), question=1, answered=len(PLAYERS), top=top
    )


def _evidence(player: int, board: Leaderboard) -> Evidence:
    own = next(entry for entry in board.entries if entry.player_id == PLAYERS[player])
    return Evidence(
        player_id=PLAYERS[player],
        nickname=f"Bot {player}",
        answers=tuple(
            SentAnswer(
                id=f"{player}/{question}",
                question=question,
                value=VALUES[question][player],
                created_s=1.0,
                sent_s=1.0,
                attempts=1,
                acked_s=1.1,
                covered_s=1.0 + 0.1 * (player + 1),
            )
            for question in (0, 1)
        ),
        leaderboard=seen(board),
        me=Me(
            player_id=PLAYERS[player],
            nickname=own.nickname,
            rank=own.rank,
            points=own.points,
            total_ms=own.total_ms,
        ),
        violations=(),
        reconnects=0,
    )
