"""How long and how many anything may be: what an editor must know to say so while somebody types."""

from msgspec import Struct

from gateway.api.images import MOST_IMAGE_BYTES
from gateway.api.operation import Call, Reply
from shared.domain import library, quiz, settings
from shared.domain.admission import MAX_NICKNAME
from shared.domain.quiz import QuestionType
from shared.domain.teams import MAX_TEAM_NAME, MAX_TEAMS

# 500 questions whose texts are as long as they may be, in letters of two bytes: 3 MB.
MOST_QUIZ_BYTES = 4 * 1_024 * 1_024


class QuizBounds(Struct, frozen=True, kw_only=True):
    """Lengths in characters, times in milliseconds."""

    title: int = quiz.MAX_TITLE
    questions: int = quiz.MAX_QUESTIONS
    prompt: int = quiz.MAX_PROMPT
    choices: int = quiz.MAX_CHOICES
    choice: int = quiz.MAX_CHOICE
    accepted: int = quiz.MAX_ACCEPTED
    text_answer: int = quiz.MAX_TEXT_ANSWER
    image_url: int = quiz.MAX_IMAGE_URL
    least_time_limit_ms: int = quiz.MIN_TIME_LIMIT_MS
    most_time_limit_ms: int = quiz.MAX_TIME_LIMIT_MS
    points: int = quiz.MAX_POINTS
    types: tuple[QuestionType, ...] = tuple(QuestionType)


class SessionBounds(Struct, frozen=True, kw_only=True):
    """Of the settings of a session."""

    players: int = settings.MAX_PLAYERS
    nickname: int = MAX_NICKNAME
    roster: int = settings.MAX_ROSTER
    teams: int = MAX_TEAMS
    team_name: int = MAX_TEAM_NAME
    reveal_ms: int = settings.MAX_REVEAL_MS
    lead_ms: int = settings.MAX_LEAD_MS
    duration_ms: int = settings.MAX_DURATION_MS
    idle_ms: int = settings.MAX_IDLE_MS


class LibraryBounds(Struct, frozen=True, kw_only=True):
    """Of what a host keeps."""

    quizzes: int = library.MAX_QUIZZES
    versions: int = library.MAX_VERSIONS
    drafts: int = library.MAX_DRAFTS
    quiz_bytes: int = MOST_QUIZ_BYTES
    image_bytes: int = MOST_IMAGE_BYTES


class Bounds(Struct, frozen=True, kw_only=True):
    """The most of everything, unless a name says least."""

    quiz: QuizBounds = QuizBounds()
    session: SessionBounds = SessionBounds()
    library: LibraryBounds = LibraryBounds()


async def show(_: Call) -> Reply:
    """The same for everybody."""
    return Reply(200, Bounds(), headers={"cache-control": "public, max-age=3600"})
