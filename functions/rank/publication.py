"""What of a board is published: without removed players, and without results that are not out yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.domain.ranking import (
    TOP_ENTRIES,
    Entry,
    Leaderboard,
    before_question,
    edition_of,
    without_players,
)
from shared.domain.session import Phase, Session
from shared.domain.teams import TeamScore, team_entries
from shared.events.payloads import BoardEntry, LeaderboardUpdated, TeamLine
from shared.ports.board import Shown, TakenBoard


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How a session shows its board at a moment. `held`: the results of `held_question` are held back, or, in a
    self-paced session (None), all of them. `is_moving`: answers come, so this board is not the last for now."""

    removed: frozenset[str] = frozenset()
    is_moving: bool = False
    held: bool = False
    held_question: int | None = None
    teams: int = 0
    team_score: TeamScore = TeamScore.SUM

    @classmethod
    def of(cls, session: Session | None) -> "Publication":
        """That of `session`; a session that nobody knows any more hides nothing."""
        if session is None:
            return cls()
        return cls(
            removed=frozenset(session.removed),
            is_moving=session.phase in {Phase.QUESTION_OPEN, Phase.RUNNING},
            held=session.holds_results,
            held_question=None if session.phase is Phase.RUNNING else session.question,
            teams=len(session.settings.teams),
            team_score=session.settings.team_score,
        )

    @property
    def shown(self) -> Shown:
        return Shown(removed=len(self.removed), held=self.held)

    def board(self, taken: TakenBoard) -> Leaderboard:
        """The board to publish."""
        board = taken.board
        if self.held and self.held_question is None:
            board = replace(board, entries=())
        elif self.held and self.held_question == taken.question:
            board = before_question(board, taken.results, taken.histories)
        edition = edition_of(board.version, removed=len(self.removed), held=self.held)
        return replace(without_players(board, self.removed), edition=edition)

    def payload(self, board: Leaderboard, taken: TakenBoard) -> LeaderboardUpdated:
        """One tick's event of that board."""
        return LeaderboardUpdated(
            version=board.version,
            players=len(board.entries),
            question=taken.question,
            answered=sum(player not in self.removed for player in taken.results),
            top=_top(board.entries),
            teams=self._teams(board.entries),
            held=self.held and self.held_question in {None, taken.question},
            edition=board.edition,
        )

    def _teams(self, entries: Sequence[Entry]) -> tuple[TeamLine, ...]:
        return tuple(
            TeamLine(rank=line.rank, team=line.team, points=line.points, players=line.players)
            for line in team_entries(entries, teams=self.teams, score=self.team_score)
        )


def _top(entries: Sequence[Entry]) -> tuple[BoardEntry, ...]:
    return tuple(
        BoardEntry(
            rank=entry.rank,
            player_id=entry.player_id,
            nickname=entry.nickname,
            points=entry.points,
            total_ms=entry.total_ms,
            team=entry.team,
        )
        for entry in entries[:TOP_ENTRIES]
    )
