"""join: may this person play, and under this name? Emits player.joined or player.refused."""

from dataclasses import dataclass, replace

from functions.join.late_start import LateStart
from functions.unexpected import unexpected
from shared.domain.admission import check_joinable, nickname_tries, session_full
from shared.domain.errors import MalformedEvent, Refusal, RefusalCode
from shared.domain.player import Player
from shared.domain.session import Session
from shared.domain.settings import NicknameRule, player_team
from shared.domain.teams import TeamChoice, team_of
from shared.events.catalog import PLAYER_JOINED, PLAYER_REFUSED
from shared.events.event import Event, derive
from shared.events.payloads import (
    PlayerJoined,
    PlayerJoinRequested,
    PlayerRefused,
    SessionChanged,
    SessionRebuildRequested,
)
from shared.ports.nickname_filter import NicknameFilter
from shared.ports.players import Players, Taken
from shared.ports.publisher import Publisher
from shared.ports.sessions import Sessions

SOURCE = "/quizline/functions/join"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinHandler:
    """The stored player decides: a redelivered request finds the player it made, whatever has changed since."""

    sessions: Sessions
    players: Players
    publisher: Publisher
    nickname_filter: NicknameFilter
    late_start: LateStart

    async def handle(self, event: Event) -> None:
        match event.data:
            case PlayerJoinRequested() as request:
                await self._join(event, request)
            case SessionChanged() | SessionRebuildRequested():
                return  # warms the pipeline
            case _:
                raise unexpected(event, "join")

    async def _join(self, event: Event, request: PlayerJoinRequested) -> None:
        session = await self.sessions.get(event.subject)
        if session is None:
            raise MalformedEvent(f"expected a known session, got {event.subject!r}")
        try:
            player = await self._admitted(session, request)
        except Refusal as refusal:
            earlier = await self.players.get(session.id, request.player_id)
            if earlier is None:
                await self.publisher.publish(_refused(event, request, refusal))
                return
            player = earlier
        await self.publisher.publish(_joined(event, session, request, player))

    async def _admitted(self, session: Session, request: PlayerJoinRequested) -> Player:
        settings = session.settings
        team: int | None = None
        if settings.team_choice is TeamChoice.PICKED:
            team = team_of(settings.teams, settings.team_choice, picked=request.team, seat=0)
        starting_points = await self.late_start.points(session)
        taken = ""
        for nickname in nickname_tries(request.nickname, settings, player_id=request.player_id):
            check_joinable(session, nickname=nickname, device=request.device)
            self._check_words(session, nickname)
            player = _player(session, request, nickname, team)
            added = await self.players.add(
                replace(player, starting_points=starting_points), seats=settings.max_players
            )
            if isinstance(added, Player):
                return added
            if added is Taken.SEATS:
                raise session_full(session)
            taken = nickname
        raise Refusal(RefusalCode.NICKNAME_TAKEN, f"expected a free nickname, got {taken!r}, which is taken")

    def _check_words(self, session: Session, nickname: str) -> None:
        if session.settings.nicknames is NicknameRule.FILTERED and self.nickname_filter.is_rude(nickname):
            raise Refusal(RefusalCode.NICKNAME_INVALID, "expected a nickname without rude words")


def _player(session: Session, request: PlayerJoinRequested, nickname: str, team: int | None) -> Player:
    return Player(
        id=request.player_id,
        session_id=session.id,
        nickname=nickname,
        joined_at_ms=request.received_at_ms,
        request_id=request.request_id,
        device=request.device,
        team=team,
    )


def _joined(event: Event, session: Session, request: PlayerJoinRequested, player: Player) -> Event:
    payload = PlayerJoined(
        request_id=request.request_id,
        player_id=player.id,
        nickname=player.nickname,
        joined_at_ms=player.joined_at_ms,
        gateway=request.gateway,
        team=player_team(session.settings, player),
        starting_points=player.starting_points,
    )
    return derive(event, PLAYER_JOINED, payload, source=SOURCE)


def _refused(event: Event, request: PlayerJoinRequested, refusal: Refusal) -> Event:
    payload = PlayerRefused(
        request_id=request.request_id,
        player_id=request.player_id,
        code=refusal.code,
        message=refusal.message,
        gateway=request.gateway,
    )
    return derive(event, PLAYER_REFUSED, payload, source=SOURCE)
