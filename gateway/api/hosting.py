"""A host's own sessions: opening them, finding them again, taking the reins from another device."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from gateway.access.identity import Identity, Role
from gateway.access.tokens import Tokens
from gateway.api.hosts import host_of
from gateway.api.operation import Call, Reply
from gateway.api.paging import limit_of, next_after, place_in
from gateway.api.settings import SettingsBody
from gateway.library.publishing import Publishing
from gateway.sessions.control import SessionControl
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.session import Phase, Session
from shared.domain.settings import Pacing
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions


class SessionBody(Struct, frozen=True, kw_only=True):
    """A session to open, of a quiz of one's own. Without `version`, of its newest."""

    quiz_id: Annotated[str, Meta(min_length=1, max_length=128)]
    version: Annotated[int, Meta(ge=1)] | None = None
    settings: SettingsBody = SettingsBody()


class SessionOpened(Struct, frozen=True, kw_only=True):
    """`code` is for the players, `host_token` for whoever drives the session."""

    session_id: str
    code: str
    host_token: str
    version: int


class SessionListed(Struct, frozen=True, kw_only=True):
    """One of the host's sessions. `question` is -1 before the first; `players`: who joined."""

    session_id: str
    code: str
    quiz_id: str
    quiz_version: int
    title: str
    phase: Phase
    cancelled: bool
    question: int
    question_count: int
    players: int
    pacing: Pacing
    created_at_ms: int


class SessionsListed(Struct, frozen=True, kw_only=True):
    """A page, the latest first. `next`: for `after`; null on the last page."""

    sessions: tuple[SessionListed, ...]
    next: str | None


class HostingHandlers:
    """Hosts see their own sessions only; anybody else's are unknown to them."""

    def __init__(
        self,
        *,
        control: SessionControl,
        publishing: Publishing,
        sessions: Sessions,
        quizzes: Quizzes,
        players: Players,
        tokens: Tokens,
    ) -> None:
        self._control = control
        self._publishing = publishing
        self._sessions = sessions
        self._quizzes = quizzes
        self._players = players
        self._tokens = tokens

    async def open(self, call: Call) -> Reply:
        body: SessionBody = call.body
        quiz = await self._publishing.quiz(host_of(call), body.quiz_id, body.version)
        session = await self._control.open(
            quiz, body.settings.chosen(), owner_id=host_of(call), traceparent=call.traceparent
        )
        return self._opened(session)

    async def host_token(self, call: Call) -> Reply:
        """Raises Refusal SESSION_UNKNOWN, also for somebody else's session."""
        session = await self._sessions.get_current(call.path["session_id"])
        if session is None or session.owner_id != host_of(call):
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected a session of yours")
        return self._opened(session)

    async def index(self, call: Call) -> Reply:
        limit = limit_of(call.query)
        sessions = await self._sessions.of_owner(host_of(call), after=place_in(call.query), limit=limit)
        titles = await self._titles(sessions)
        counts = await asyncio.gather(*(self._players.count(session.id) for session in sessions))
        listed = tuple(
            _listed(session, title=titles.get((session.quiz_id, session.quiz_version), ""), players=players)
            for session, players in zip(sessions, counts, strict=True)
        )
        further = next_after(sessions[-1].created_at_ms, sessions[-1].id) if len(sessions) == limit else None
        return Reply(200, SessionsListed(sessions=listed, next=further))

    async def _titles(self, sessions: Sequence[Session]) -> dict[tuple[str, int], str]:
        """By quiz and version."""
        quiz_ids = {session.quiz_id for session in sessions}
        found = await asyncio.gather(*(self._quizzes.versions(quiz_id) for quiz_id in quiz_ids))
        return {(quiz.id, quiz.version): quiz.title for versions in found for quiz in versions}

    def _opened(self, session: Session) -> Reply:
        opened = SessionOpened(
            session_id=session.id,
            code=session.code,
            host_token=self._tokens.mint(Identity(session_id=session.id, role=Role.HOST)),
            version=session.version,
        )
        return Reply(201, opened)


def _listed(session: Session, *, title: str, players: int) -> SessionListed:
    return SessionListed(
        session_id=session.id,
        code=session.code,
        quiz_id=session.quiz_id,
        quiz_version=session.quiz_version,
        title=title,
        phase=session.phase,
        cancelled=session.cancelled,
        question=session.question,
        question_count=len(session.time_limits_ms),
        players=players,
        pacing=session.settings.pacing,
        created_at_ms=session.created_at_ms,
    )
