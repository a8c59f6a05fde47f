"""One small story that fixtures and handler tests share: one quiz of two questions, one session, two players.

Ada answers the first question right, four seconds after it opened. The golden events of tests/events tell it.
"""

from dataclasses import replace
from typing import Protocol

from shared.domain.identifiers import player_id
from shared.domain.player import Player
from shared.domain.quiz import Question, QuestionType, Quiz
from shared.domain.session import Command, Order, Session, advanced
from shared.domain.settings import Pacing, Settings
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions

START_MS = 1_767_607_200_000  # 2026-01-05T10:00:00Z
GATEWAY = "gateway-0"
SESSION_ID = "5e55107a3b1c4d2e8f90a1b2c3d4e5f6"

QUIZ = Quiz(
    id="small-sky",
    version=1,
    title="Two questions about the sky",
    questions=(
        Question(
            type=QuestionType.SINGLE,
            prompt="Which planet is the largest?",
            choices=("Mars", "Jupiter", "Saturn", "Venus"),
            correct=(1,),
        ),
        Question(
            type=QuestionType.NUMBER,
            prompt="How many planets does the Sun have?",
            accepted=("8",),
            time_limit_ms=10_000,
        ),
    ),
)


def _player(request_id: str, nickname: str, after_ms: int, seat: int) -> Player:
    return Player(
        id=player_id(SESSION_ID, request_id),
        session_id=SESSION_ID,
        nickname=nickname,
        joined_at_ms=START_MS + after_ms,
        request_id=request_id,
        seat=seat,
    )


ADA = _player("join-request-of-ada", "Ada", 1_000, seat=0)
GRACE = _player("join-request-of-grace", "Grace", 2_000, seat=1)
PLAYERS = (ADA, GRACE)

LOBBY = Session(
    id=SESSION_ID,
    code="QZ7K2M",
    quiz_id=QUIZ.id,
    quiz_version=QUIZ.version,
    time_limits_ms=tuple(question.time_limit_ms for question in QUIZ.questions),
    settings=Settings(),
    created_at_ms=START_MS,
)


def _then(session: Session, command: Command, after_ms: int) -> Session:
    return advanced(session, Order(command=command), now_ms=START_MS + after_ms, expected_version=session.version)


FIRST_OPEN = _then(LOBBY, Command.START, 10_000)
FIRST_CLOSED = _then(FIRST_OPEN, Command.CLOSE, 30_000)
FIRST_BOARD = _then(FIRST_CLOSED, Command.SHOW_BOARD, 35_000)
SECOND_OPEN = _then(FIRST_CLOSED, Command.NEXT, 40_000)
SECOND_CLOSED = _then(SECOND_OPEN, Command.CLOSE, 50_000)
FINISHED = _then(SECOND_CLOSED, Command.NEXT, 60_000)

SELF_PACED_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
RUNNING = _then(
    replace(LOBBY, id=SELF_PACED_ID, code="SP4CED", settings=Settings(pacing=Pacing.PLAYER)), Command.START, 10_000
)
OPENED_FOR_ADA_MS = START_MS + 12_010


class SeededPorts(Protocol):
    """What a story is put into: fakes or real stores."""

    @property
    def sessions(self) -> Sessions: ...
    @property
    def quizzes(self) -> Quizzes: ...
    @property
    def players(self) -> Players: ...


async def seed(
    ports: SeededPorts, *, session: Session = SECOND_OPEN, players: tuple[Player, ...] = PLAYERS
) -> None:
    """Store the quiz, the session in the given state, and the players, as the gateway and join would have.

    By default both questions have opened, so that an answer to either is judged by that question's own times.
    """
    await ports.quizzes.add(QUIZ)
    await ports.sessions.add(session)
    for player in players:
        await ports.players.add(player, seats=100)


async def seed_self_paced(ports: SeededPorts) -> None:
    """Store the running session that each player paces, with the same players."""
    await ports.quizzes.add(QUIZ)
    await ports.sessions.add(RUNNING)
    for player in PLAYERS:
        await ports.players.add(replace(player, session_id=SELF_PACED_ID), seats=100)
