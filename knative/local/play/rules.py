"""The settings of the session that is played, and what follows from them for bots, host and check."""

import random
from dataclasses import dataclass, field
from typing import Any

import msgspec

from shared.domain.ranking import Leaderboard
from shared.domain.settings import Pacing
from shared.domain.teams import TeamChoice, TeamEntry, TeamScore, team_entries

# Where answers may be changed, so many bots think again.
SECOND_THOUGHTS = 0.4


class _Known(msgspec.Struct):
    """The settings that matter here; the gateway judges all of them."""

    pacing: Pacing = Pacing.HOST
    answer_change: bool = False
    teams: tuple[str, ...] = ()
    team_score: TeamScore = TeamScore.MEAN
    team_choice: TeamChoice = TeamChoice.PICKED


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayRules:
    """`settings` as the gateway's API takes them; empty for its defaults. Use raises msgspec.ValidationError."""

    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def pacing(self) -> Pacing:
        return self._known.pacing

    @property
    def is_self_paced(self) -> bool:
        return self.pacing is Pacing.PLAYER

    def picked_team(self, rng: random.Random) -> int | None:
        """The team that a bot picks, where it must."""
        known = self._known
        if not known.teams or known.team_choice is TeamChoice.DRAWN:
            return None
        return rng.randrange(len(known.teams))

    def answers(self, rng: random.Random) -> int:
        """How often a bot answers one question."""
        return 2 if self._known.answer_change and rng.random() < SECOND_THOUGHTS else 1

    def team_lines(self, board: Leaderboard) -> tuple[TeamEntry, ...]:
        """The teams' places as they follow from a board."""
        return team_entries(board.entries, teams=len(self._known.teams), score=self._known.team_score)

    @property
    def _known(self) -> _Known:
        return msgspec.convert(self.settings, _Known)
