"""A session's results and a question's statistics, for its host alone."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial

from gateway.api.errors import RequestFault
from gateway.api.operation import Call, Handler, Reply, Streamed
from gateway.results.fresh import Fresh
from gateway.results.process import ResultsFiles
from gateway.results.reading import ResultsReader
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.quiz import Quiz
from shared.domain.session import Phase, Session
from shared.file_names import file_stem
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions
from shared.results.authored import authored_question
from shared.results.files import FILES, MEDIA_TYPES
from shared.results.report import has_closed
from shared.results.statistics import QuestionStatistics


class ResultsHandlers:
    """Available during a session and ever after. What a question's right answers are is told once it is closed."""

    def __init__(
        self, *, reader: ResultsReader, files: ResultsFiles, sessions: Sessions, quizzes: Quizzes
    ) -> None:
        self._reader = reader
        self._files = files
        self._sessions = sessions
        self._quizzes = quizzes
        self._statistics: Fresh[QuestionStatistics] = Fresh()

    @property
    def by_format(self) -> dict[str, Handler]:
        """A handler for each format of a file."""
        return {format: partial(self._file, format) for format in FILES}

    async def statistics(self, call: Call) -> Reply:
        session = await self._session(call.path["session_id"])
        index = _index(call.path["index"], session)
        if not has_closed(session, index):
            session = await self._session(session.id, current=True)  # the cache may lag behind by a moment
        if not has_closed(session, index):
            raise _not_closed(session, index)
        statistics = await self._statistics.get(
            f"{session.id}/{index}", lambda: self._statistics_now(session, index)
        )
        return Reply(200, statistics)

    async def _file(self, format: str, call: Call) -> Reply:
        session = await self._session(call.path["session_id"], current=True)
        quiz = await self._quiz(session)
        pieces = self._files.pieces(session, quiz, format=format)
        # Before the first piece everything has been read once: a store that is away is told by the status.
        first = await anext(pieces)
        name = f"{file_stem(quiz.title)}.{format}"
        return Reply(200, Streamed(media_type=MEDIA_TYPES[format], pieces=_with(first, pieces), file_name=name))

    async def _statistics_now(self, session: Session, index: int) -> QuestionStatistics:
        quiz = await self._quiz(session)
        asked = authored_question(
            quiz.questions[index], index=index, seed=session.seed, shuffled=session.settings.shuffle_choices
        )
        return await self._reader.statistics(session, asked)

    async def _session(self, session_id: str, *, current: bool = False) -> Session:
        read = self._sessions.get_current if current else self._sessions.get
        session = await read(session_id)
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected a session that exists")
        return session

    async def _quiz(self, session: Session) -> Quiz:
        quiz = await self._quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise TransientFailure(f"expected quiz {session.quiz_id} version {session.quiz_version}, got none")
        return quiz


async def _with(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece


def _index(text: str, session: Session) -> int:
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
