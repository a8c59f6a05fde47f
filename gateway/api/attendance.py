"""Who is in a session, for its host: to see, to kick and to ban."""

from msgspec import Struct

from gateway.api.operation import Call, Reply
from gateway.api.paging import limit_of, number_in
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.player import Player
from shared.domain.session import Session
from shared.domain.settings import MAX_PLAYERS, player_team
from shared.ports.players import Players
from shared.ports.sessions import Sessions

DEFAULT_PLAYERS = 100
MOST_PLAYERS = 1_000


class PlayerListed(Struct, frozen=True, kw_only=True):
    """`team`: index into the session's teams. `removed`: the host has put them out."""

    player_id: str
    nickname: str
    team: int | None
    seat: int
    joined_at_ms: int
    removed: bool


class PlayersListed(Struct, frozen=True, kw_only=True):
    """A page by seat, the order in which they came. `next`: for `after`; null on the last page."""

    players: tuple[PlayerListed, ...]
    next: str | None


class AttendanceHandlers:
    """Who is connected is not told: gateways only count their connections."""

    def __init__(self, *, sessions: Sessions, players: Players) -> None:
        self._sessions = sessions
        self._players = players

    async def index(self, call: Call) -> Reply:
        limit = limit_of(call.query, default=DEFAULT_PLAYERS, most=MOST_PLAYERS)
        after_seat = number_in(call.query, "after", least=0, most=MAX_PLAYERS, default=-1)
        session = await self._sessions.get(call.path["session_id"])
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected a session that exists")
        players = await self._players.seated(session.id, after_seat=after_seat, limit=limit)
        removed = frozenset(session.removed)
        listed = tuple(_listed(session, player, removed) for player in players)
        further = str(players[-1].seat) if len(players) == limit else None
        return Reply(200, PlayersListed(players=listed, next=further))


def _listed(session: Session, player: Player, removed: frozenset[str]) -> PlayerListed:
    return PlayerListed(
        player_id=player.id,
        nickname=player.nickname,
        team=player_team(session.settings, player),
        seat=player.seat,
        joined_at_ms=player.joined_at_ms,
        removed=player.id in removed,
    )
