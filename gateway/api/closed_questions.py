"""Questions that take no more answers, and how they went: which one a request means, whether it may be told."""

from dataclasses import dataclass

from gateway.api.errors import RequestFault
from gateway.results.fresh import Fresh
from gateway.results.reading import ResultsReader
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.quiz import Quiz
from shared.domain.session import Phase, Session
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions
from shared.results.authored import AuthoredQuestion, authored_question
from shared.results.report import has_closed
from shared.results.statistics import QuestionStatistics


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedQuestion:
    """One of them, as its author wrote it."""

    asked: AuthoredQuestion
    statistics: QuestionStatistics


class ClosedQuestions:
    """What a question's right answers are is told once it is closed (I6)."""

    def __init__(self, *, reader: ResultsReader, sessions: Sessions, quizzes: Quizzes) -> None:
        self._reader = reader
        self._sessions = sessions
        self._quizzes = quizzes
        self._statistics: Fresh[QuestionStatistics] = Fresh()

    async def find(self, session: Session, index: str) -> ClosedQuestion:
        """`index` as it stands in a path. Raises RequestFault, Refusal or TransientFailure."""
        number = _number(index, session)
        if not has_closed(session, number):
            session = await self._current(session)  # the cache may lag behind by a moment
        if not has_closed(session, number):
            raise _not_closed(session, number)
        quiz = await self.quiz(session)
        asked = authored_question(
            quiz.questions[number], index=number, seed=session.seed, shuffled=session.settings.shuffle_choices
        )
        statistics = await self._statistics.get(
            f"{session.id}/{number}", lambda: self._reader.statistics(session, asked)
        )
        return ClosedQuestion(asked=asked, statistics=statistics)

    async def quiz(self, session: Session) -> Quiz:
        """That the session plays. Raises TransientFailure."""
        quiz = await self._quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise TransientFailure(f"expected quiz {session.quiz_id} version {session.quiz_version}, got none")
        return quiz

    async def _current(self, session: Session) -> Session:
        return await self._sessions.get_current(session.id) or session


def _number(text: str, session: Session) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3) or int(text) >= len(session.time_limits_ms):
        count = len(session.time_limits_ms)
        raise RequestFault(404, "question_unknown", f"expected the index of a question from 0 to {count - 1}")
    return int(text)


def _not_closed(session: Session, index: int) -> Refusal | RequestFault:
    is_open = session.phase is Phase.RUNNING or (
        session.phase is Phase.QUESTION_OPEN and index == session.question
    )
    if is_open:
        return RequestFault(409, "question_open", f"expected question {index + 1} closed: it takes answers still")
    return Refusal(RefusalCode.QUESTION_NOT_OPEN, f"question {index + 1} was not asked")
