"""The newest state of each register of a session, as updates; what the feed lacks comes from the stores."""

from collections.abc import Mapping

from gateway.feed.update import Update, update_of
from shared.domain.quiz import Quiz
from shared.domain.ranking import TOP_ENTRIES, Leaderboard
from shared.domain.session import Session
from shared.events.feed_bodies import Body, LeaderboardBody, Lobby, LobbyBody, SessionBody, encode_body
from shared.events.payloads import BoardEntry, LeaderboardUpdated
from shared.events.views import session_changed
from shared.ports.feed import FeedState, Register
from shared.ports.players import Players
from shared.ports.snapshots import Snapshots

Registers = dict[Register, Update]


class StoredRegisters:
    """Builds a register's state from the database. No feed yet, or a wiped one, must not keep a client waiting."""

    def __init__(self, *, players: Players, snapshots: Snapshots) -> None:
        self._players = players
        self._snapshots = snapshots

    async def complete(self, registers: Registers, session: Session, quiz: Quiz) -> None:
        """Add the registers that are missing. Raises TransientFailure."""
        if Register.SESSION not in registers:
            _put(registers, SessionBody(session=session_changed(session, quiz)))
        if Register.LEADERBOARD not in registers:
            board = await self._snapshots.get(session.id)
            _put(registers, LeaderboardBody(leaderboard=_leaderboard(board, max(session.question, 0))))
        if Register.LOBBY not in registers:
            players = await self._players.count(session.id)
            _put(registers, LobbyBody(lobby=Lobby(players=players, nicknames=())))


def registers_of(state: FeedState) -> Registers:
    """What a feed's state holds."""
    return {register: update_of(state.seq, body) for register, body in state.registers.items()}


def newest(registers: Registers, others: Mapping[Register, Update]) -> None:
    """Take over from `others` what is newer."""
    for register, update in others.items():
        known = registers.get(register)
        if known is None or update.version >= known.version:
            registers[register] = update


def _put(registers: Registers, body: Body) -> None:
    update = update_of(0, encode_body(body))
    registers[update.register] = update


def _leaderboard(board: Leaderboard | None, question: int) -> LeaderboardUpdated:
    """A stored board as a message; how many answered the question is not stored with it."""
    entries = () if board is None else board.entries
    return LeaderboardUpdated(
        version=0 if board is None else board.version,
        edition=0 if board is None else board.edition,
        players=len(entries),
        question=question,
        answered=0,
        top=tuple(
            BoardEntry(
                rank=entry.rank,
                player_id=entry.player_id,
                nickname=entry.nickname,
                points=entry.points,
                total_ms=entry.total_ms,
                team=entry.team,
            )
            for entry in entries[:TOP_ENTRIES]
        ),
    )
