"""How a closed question went, for whoever may watch the session: the big screen shows it to the room."""

from gateway.api.closed_questions import ClosedQuestions
from gateway.api.operation import Call, Reply
from gateway.sessions.codes import CodeLookup
from shared.domain.errors import Refusal, RefusalCode
from shared.ports.sessions import Sessions
from shared.results.counts import answer_counts


class CountsHandlers:
    """For whoever knows the code, where the session takes spectators."""

    def __init__(self, *, codes: CodeLookup, sessions: Sessions, closed: ClosedQuestions) -> None:
        self._codes = codes
        self._sessions = sessions
        self._closed = closed

    async def show(self, call: Call) -> Reply:
        session_id = await self._codes.session_id(call.path["code"], address=call.address)
        session = await self._sessions.get(session_id)
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected the code of a session")
        if not session.settings.spectators:
            raise Refusal(RefusalCode.SPECTATORS_NOT_ALLOWED, "this session takes no spectators")
        question = await self._closed.find(session, call.path["index"])
        return Reply(200, answer_counts(question.asked, question.statistics))
