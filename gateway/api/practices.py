"""Practising a published quiz alone: a link that its host makes, and a session of one's own for each run."""

from typing import Annotated

from msgspec import Meta, Struct

from gateway.access.tokens import Tokens
from gateway.api.hosts import host_of
from gateway.api.operation import Call, Reply
from gateway.library.publishing import Publishing
from gateway.sessions.control import SessionControl
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.scoring import ScoringRules
from shared.domain.session import Command, Order
from shared.domain.settings import Pacing, Settings
from shared.ports.quizzes import Quizzes

# Nobody waits for whoever practises; a run that is left alone ends within a day.
_DAY_MS = 24 * 3_600_000
PRACTICE_SETTINGS = Settings(
    rules=ScoringRules(streak_bonus=True, partial_credit=True),
    pacing=Pacing.PLAYER,
    shuffle_choices=True,
    spectators=False,
    duration_ms=_DAY_MS,
    max_players=1,
)


class PracticeLink(Struct, frozen=True, kw_only=True):
    """`token` goes into the fragment of a link (#…), which no server logs. Good for a year."""

    token: str


class PracticeBody(Struct, frozen=True, kw_only=True):
    """The token of a practice link."""

    token: Annotated[str, Meta(min_length=1, max_length=2_048)]


class PracticeOpened(Struct, frozen=True, kw_only=True):
    """Join with the code, as the only player; the session runs already."""

    session_id: str
    code: str


class PracticeHandlers:
    """A run belongs to nobody: it is on no host's list, and tells its results to its player alone."""

    def __init__(
        self, *, control: SessionControl, publishing: Publishing, quizzes: Quizzes, tokens: Tokens
    ) -> None:
        self._control = control
        self._publishing = publishing
        self._quizzes = quizzes
        self._tokens = tokens

    async def link(self, call: Call) -> Reply:
        """To the quiz's newest version. Raises Refusal QUIZ_UNKNOWN, also for somebody else's quiz."""
        quiz = await self._publishing.quiz(host_of(call), call.path["quiz_id"])
        return Reply(201, PracticeLink(token=self._tokens.mint_practice(quiz.id, quiz.version)))

    async def open(self, call: Call) -> Reply:
        body: PracticeBody = call.body
        quiz_id, version = self._tokens.practised_quiz(body.token)
        quiz = await self._quizzes.get(quiz_id, version)
        if quiz is None:
            raise Refusal(RefusalCode.QUIZ_UNKNOWN, "expected a quiz that is published")
        session = await self._control.open(quiz, PRACTICE_SETTINGS, traceparent=call.traceparent)
        await self._control.execute(
            session.id,
            Order(command=Command.START),
            expected_version=session.version,
            traceparent=call.traceparent,
        )
        return Reply(201, PracticeOpened(session_id=session.id, code=session.code))
