"""Publishing a quiz, opening a session and driving it."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import msgspec

from shared.client.errors import Refused
from shared.client.http import Gateways, Reply
from shared.client.watcher import Listener, Watcher
from shared.domain.errors import RefusalCode
from shared.domain.quiz import Question
from shared.domain.session import TIMELESS, Command, Phase
from shared.exporters.own_json import plain_question


class QuizRef(msgspec.Struct, frozen=True, kw_only=True):
    """A published quiz."""

    quiz_id: str
    version: int


class OpenedSession(msgspec.Struct, frozen=True, kw_only=True):
    """A new session. `code` is for people, `host_token` for its host alone."""

    session_id: str
    code: str
    host_token: str
    version: int


class _Admitted(msgspec.Struct):
    token: str


class _Advanced(msgspec.Struct):
    version: int
    phase: Phase


class HostClient:
    """A host before there is a session: the one whose `token` this is, else a guest, from the first request on."""

    def __init__(self, gateways: Gateways, *, token: str | None = None) -> None:
        self._gateways = gateways
        self._token = token
        self._admitting = asyncio.Lock()

    async def token(self, *, deadline_s: float = 30.0) -> str:
        """Of the host. A guest keeps it to come back. Raises Refused where guests are not let in."""
        async with self._admitting:
            if self._token is None:
                reply = await self._gateways.call("POST", "/api/hosts", body={}, deadline_s=deadline_s)
                self._token = msgspec.convert(reply.body, _Admitted).token
            return self._token

    async def create_quiz(self, title: str, questions: Sequence[Question], *, deadline_s: float = 30.0) -> QuizRef:
        """Publish; the same content again gives the same quiz. Raises Refused, naming the question."""
        body = {"title": title, "questions": [plain_question(question) for question in questions]}
        reply = await self._asked("POST", "/api/quizzes", body=body, deadline_s=deadline_s)
        return msgspec.convert(reply.body, QuizRef)

    async def open_session(
        self, quiz: QuizRef, *, settings: dict[str, object] | None = None, deadline_s: float = 30.0
    ) -> OpenedSession:
        """Open a lobby. A lost reply may leave a second, empty session behind: nobody has its code."""
        body = {"quiz_id": quiz.quiz_id, "version": quiz.version, "settings": settings or {}}
        reply = await self._asked("POST", "/api/sessions", body=body, deadline_s=deadline_s)
        return msgspec.convert(reply.body, OpenedSession)

    async def leaderboard(self, session_id: str, *, deadline_s: float = 30.0) -> Any:
        """The whole board as the gateway's HTTP API tells it."""
        path = f"/api/sessions/{session_id}/leaderboard"
        return (await self._gateways.call("GET", path, deadline_s=deadline_s)).body

    async def results(self, opened: OpenedSession, *, deadline_s: float = 30.0) -> Any:
        """results.json, decoded (docs/results.md). For a session of thousands, download the file instead."""
        path = f"/api/sessions/{opened.session_id}/results.json"
        reply = await self._gateways.call("GET", path, token=opened.host_token, deadline_s=deadline_s)
        return reply.body

    async def _asked(self, method: str, path: str, *, body: object, deadline_s: float) -> Reply:
        token = await self.token(deadline_s=deadline_s)
        return await self._gateways.call(method, path, body=body, token=token, deadline_s=deadline_s)


class HostedSession(Watcher):
    """The host's hand on an open session. Within `async with`, it follows the feed too."""

    def __init__(self, gateways: Gateways, opened: OpenedSession, *, listener: Listener | None = None) -> None:
        super().__init__(gateways, token=opened.host_token, listener=listener)
        self.opened = opened
        self.version = opened.version
        self._gateways = gateways

    async def command(
        self, command: Command, *, extend_ms: int = 0, player_id: str = "", deadline_s: float = 30.0
    ) -> Phase | None:
        """Give one command, valid for the present version only; a timeless one (TIMELESS) for whichever stands.

        The phase after it; None when the session had moved on meanwhile (the clock, another host, or this very
        command, whose reply was lost): look at the view and decide anew. Raises Refused, Unavailable.
        """
        self._catch_up()
        path = f"/api/sessions/{self.opened.session_id}/commands"
        body: dict[str, object] = {"command": command, "extend_ms": extend_ms, "player_id": player_id}
        if command not in TIMELESS:
            body["version"] = self.version
        try:
            reply = await self._gateways.call(
                "POST", path, body=body, token=self.opened.host_token, deadline_s=deadline_s
            )
        except Refused as refusal:
            if refusal.code != RefusalCode.COMMAND_STALE:
                raise
            self.version = max(self.version, refusal.version or 0)
            return None
        advanced = msgspec.convert(reply.body, _Advanced)
        self.version = max(self.version, advanced.version)
        return advanced.phase

    async def advance(
        self, command: Command, *, into: Phase, question: int | None = None, timeout_s: float = 60.0
    ) -> None:
        """Command until the session has come as far as phase `into` (of `question`), whoever brought it there.

        It may be further by then: a question that was announced late can have been closed by the clock. Raises
        TimeoutError, Refused.
        """
        give_up_s = time.monotonic() + timeout_s
        while not self._has_reached(into, question):
            left_s = give_up_s - time.monotonic()
            if left_s <= 0:
                raise TimeoutError(f"expected phase {into} within {timeout_s:g} s, got {self.view.phase}")
            await self.command(command, deadline_s=left_s)
            await self.until(lambda _: self._sees(self.version), timeout_s=left_s)

    def _catch_up(self) -> None:
        if self.view.session is not None:
            self.version = max(self.version, self.view.session.version)

    def _sees(self, version: int) -> bool:
        return self.view.session is not None and self.view.session.version >= version

    def _has_reached(self, phase: Phase, question: int | None) -> bool:
        session = self.view.session
        if session is None:
            return False
        index = -1 if session.question is None else session.question.index
        return _place(session.phase, index) >= _place(phase, index if question is None else question)


_ORDER = (
    Phase.LOBBY,
    Phase.RUNNING,
    Phase.QUESTION_OPEN,
    Phase.QUESTION_CLOSED,
    Phase.LEADERBOARD,
    Phase.FINISHED,
)


def _place(phase: Phase, question: int) -> tuple[bool, int, int]:
    """How far a session is: the end is after everything, else the question counts before its phase."""
    return phase is Phase.FINISHED, question, _ORDER.index(phase)
