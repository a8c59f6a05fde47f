"""A session's results and a question's statistics, for its host alone."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial

from gateway.api.closed_questions import ClosedQuestions
from gateway.api.operation import Call, Handler, Reply, Streamed
from gateway.results.process import ResultsFiles
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.session import Session
from shared.file_names import file_stem
from shared.ports.sessions import Sessions
from shared.results.files import FILES, MEDIA_TYPES


class ResultsHandlers:
    """Available during a session and ever after."""

    def __init__(self, *, closed: ClosedQuestions, files: ResultsFiles, sessions: Sessions) -> None:
        self._closed = closed
        self._files = files
        self._sessions = sessions

    @property
    def by_format(self) -> dict[str, Handler]:
        """A handler for each format of a file."""
        return {format: partial(self._file, format) for format in FILES}

    async def statistics(self, call: Call) -> Reply:
        session = await self._session(call.path["session_id"])
        question = await self._closed.find(session, call.path["index"])
        return Reply(200, question.statistics)

    async def _file(self, format: str, call: Call) -> Reply:
        session = await self._session(call.path["session_id"], current=True)
        quiz = await self._closed.quiz(session)
        pieces = self._files.pieces(session, quiz, format=format)
        # Before the first piece everything has been read once: a store that is away is told by the status.
        first = await anext(pieces)
        name = f"{file_stem(quiz.title)}.{format}"
        return Reply(200, Streamed(media_type=MEDIA_TYPES[format], pieces=_with(first, pieces), file_name=name))

    async def _session(self, session_id: str, *, current: bool = False) -> Session:
        read = self._sessions.get_current if current else self._sessions.get
        session = await read(session_id)
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected a session that exists")
        return session


async def _with(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece
