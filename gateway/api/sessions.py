"""Finding sessions by code, driving them."""

from typing import Annotated

from msgspec import Meta, Struct

from gateway.api.errors import StaleCommand
from gateway.api.operation import Call, Reply
from gateway.sessions.codes import CodeLookup
from gateway.sessions.control import SessionControl
from shared.domain.admission import nickname_key
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.session import MAX_OPEN_MS, Command, Order, Phase, Session
from shared.domain.settings import NicknameRule, Pacing
from shared.domain.teams import TeamChoice
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions


class SessionFound(Struct, frozen=True, kw_only=True):
    """What anyone with the code may know."""

    session_id: str
    code: str
    phase: Phase
    version: int
    title: str
    question_count: int
    question: int
    players: int
    late_join: bool
    locked: bool
    pacing: Pacing
    nicknames: NicknameRule
    teams: tuple[str, ...]
    team_choice: TeamChoice
    spectators: bool
    language: str


class CommandBody(Struct, frozen=True, kw_only=True):
    """`version`: of the session that the host saw when giving the command; lock, unlock, kick and ban may do
    without.

    `extend_ms` is for extend, `player_id` for kick and ban.
    """

    command: Command
    version: Annotated[int, Meta(ge=1)] | None = None
    extend_ms: Annotated[int, Meta(ge=0, le=MAX_OPEN_MS)] = 0
    player_id: Annotated[str, Meta(max_length=128)] = ""


class CommandDone(Struct, frozen=True, kw_only=True):
    """The session after the command."""

    version: int
    phase: Phase


class SessionHandlers:
    """A host is whoever holds the session's host token."""

    def __init__(
        self,
        *,
        control: SessionControl,
        sessions: Sessions,
        quizzes: Quizzes,
        players: Players,
        codes: CodeLookup,
    ) -> None:
        self._control = control
        self._sessions = sessions
        self._quizzes = quizzes
        self._players = players
        self._codes = codes

    async def find(self, call: Call) -> Reply:
        session_id = await self._codes.session_id(call.path["code"], address=call.address)
        session = await self._sessions.get(session_id)
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected the code of a session")
        return Reply(200, await self._found(session))

    async def command(self, call: Call) -> Reply:
        body: CommandBody = call.body
        session_id: str = call.path["session_id"]
        try:
            session = await self._control.execute(
                session_id,
                await self._order(session_id, body),
                expected_version=body.version,
                traceparent=call.traceparent,
            )
        except Refusal as refusal:
            if refusal.code is not RefusalCode.COMMAND_STALE:
                raise
            current = await self._control.current(session_id)
            raise StaleCommand(refusal, body.version or 1 if current is None else current.version) from refusal
        return Reply(200, CommandDone(version=session.version, phase=session.phase))

    async def _order(self, session_id: str, body: CommandBody) -> Order:
        """Raises Refusal PLAYER_UNKNOWN when a kick or ban names nobody of this session."""
        if body.command not in {Command.KICK, Command.BAN}:
            return Order(command=body.command, extend_ms=body.extend_ms)
        player = await self._players.get(session_id, body.player_id)
        if player is None:
            raise Refusal(RefusalCode.PLAYER_UNKNOWN, "expected a player of this session, got somebody else")
        banned = tuple(item for item in (player.device, nickname_key(player.nickname)) if item)
        return Order(command=body.command, player_id=player.id, banned=banned)

    async def _found(self, session: Session) -> SessionFound:
        quiz = await self._quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise TransientFailure(f"expected quiz {session.quiz_id} version {session.quiz_version}, got none")
        return SessionFound(
            session_id=session.id,
            code=session.code,
            phase=session.phase,
            version=session.version,
            title=quiz.title,
            question_count=len(quiz.questions),
            question=session.question,
            players=await self._players.count(session.id),
            late_join=session.settings.late_join,
            locked=session.locked,
            pacing=session.settings.pacing,
            nicknames=session.settings.nicknames,
            teams=session.settings.teams,
            team_choice=session.settings.team_choice,
            spectators=session.settings.spectators,
            language=session.settings.language,
        )
