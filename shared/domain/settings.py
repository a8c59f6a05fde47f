"""What a host chooses when opening a session; fixed from then on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from shared.domain import reasons
from shared.domain.late_join import LateScore
from shared.domain.player import Player
from shared.domain.reasons import Reason
from shared.domain.scoring import MAX_PENALTY_PERCENT, ScoringRules
from shared.domain.teams import MAX_TEAM_NAME, MAX_TEAMS, TeamChoice, TeamScore, team_of

MAX_PLAYERS = 5_000
MAX_ROSTER = 5_000
MAX_LISTED_NAME = 24
MAX_REVEAL_MS = 600_000
MAX_LEAD_MS = 10_000
MAX_DURATION_MS = 30 * 24 * 3_600_000
MAX_IDLE_MS = 24 * 3_600_000


class Pacing(StrEnum):
    HOST = "host"  # the host opens each next question; the clock closes it
    CLOCK = "clock"  # after the reveal the clock opens the next question too
    PLAYER = "player"  # everybody opens their own next question; the host starts and ends the whole


class ResultsShown(StrEnum):
    """When a player learns what an answer gave. At close, the leaderboard waits with them."""

    AT_ONCE = "at_once"
    AT_CLOSE = "at_close"


class NicknameRule(StrEnum):
    FREE = "free"
    FILTERED = "filtered"  # no rude words
    GENERATED = "generated"  # given by Quizline
    ROSTER = "roster"  # one of the names that the host listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Durations in milliseconds.

    `lead_ms`: between showing a question and taking answers. `reveal_ms`: between close and the next question,
    with clock pacing. `duration_ms`: how long a self-paced session runs. `idle_ms`: after how long a session that
    nobody drives ends. `answer_change`: until a question closes, the latest answer counts; results then wait for
    the close. `reactions`: whether players may react between questions, for all to see on the big screen.
    """

    rules: ScoringRules = field(default_factory=ScoringRules)
    pacing: Pacing = Pacing.HOST
    results: ResultsShown = ResultsShown.AT_ONCE
    answer_change: bool = False
    shuffle_choices: bool = False
    late_join: bool = True
    late_score: LateScore = LateScore.ZERO
    nicknames: NicknameRule = NicknameRule.FREE
    roster: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    team_score: TeamScore = TeamScore.MEAN
    team_choice: TeamChoice = TeamChoice.PICKED
    spectators: bool = True
    reactions: bool = False
    language: str = "en"
    lead_ms: int = 0
    reveal_ms: int = 5_000
    duration_ms: int = 3_600_000
    idle_ms: int = 6 * 3_600_000
    max_players: int = MAX_PLAYERS

    @property
    def hides_results(self) -> bool:
        """With answers that can be changed, a result at once would give the right one away."""
        return self.results is ResultsShown.AT_CLOSE or self.answer_change


def player_team(settings: Settings, player: Player) -> int | None:
    """The team that a player is in: as picked, or as drawn by the seat."""
    if settings.team_choice is TeamChoice.PICKED:
        return player.team
    return team_of(settings.teams, settings.team_choice, picked=None, seat=player.seat)


def settings_problems(settings: Settings) -> Iterator[Reason]:
    """Every reason why a session cannot be opened like this (expected and got)."""
    yield from _range_problems(settings)
    if len(settings.teams) == 1 or len(settings.teams) > MAX_TEAMS:
        yield reasons.TEAM_COUNT(most=MAX_TEAMS, got=len(settings.teams))
    if any(not 1 <= len(team.strip()) <= MAX_TEAM_NAME for team in settings.teams):
        yield reasons.TEAM_LENGTH(most=MAX_TEAM_NAME)
    if len(set(settings.teams)) != len(settings.teams):
        yield reasons.TEAM_REPEATED()
    if (settings.nicknames is NicknameRule.ROSTER) != bool(settings.roster):
        yield reasons.ROSTER_RULE(got=len(settings.roster))
    if len(settings.roster) > MAX_ROSTER:
        yield reasons.ROSTER_LONG(most=MAX_ROSTER, got=len(settings.roster))
    if any(not 1 <= len(name.strip()) <= MAX_LISTED_NAME for name in settings.roster):
        yield reasons.ROSTER_NAME(most=MAX_LISTED_NAME)
    if settings.pacing is Pacing.PLAYER and settings.answer_change:
        yield reasons.CHANGE_OWN_PACE()
    if settings.pacing is Pacing.PLAYER and settings.late_score is not LateScore.ZERO:
        yield reasons.LATE_SCORE_OWN_PACE(got=settings.late_score)


def _range_problems(settings: Settings) -> Iterator[Reason]:
    ranges = (
        (reasons.REVEAL_RANGE, settings.reveal_ms, 0, MAX_REVEAL_MS),
        (reasons.LEAD_RANGE, settings.lead_ms, 0, MAX_LEAD_MS),
        (reasons.DURATION_RANGE, settings.duration_ms, 1_000, MAX_DURATION_MS),
        (reasons.IDLE_RANGE, settings.idle_ms, 1_000, MAX_IDLE_MS),
        (reasons.SIZE_RANGE, settings.max_players, 1, MAX_PLAYERS),
        (reasons.PENALTY_RANGE, settings.rules.penalty_percent, 0, MAX_PENALTY_PERCENT),
    )
    for kind, value, least, most in ranges:
        if not least <= value <= most:
            yield kind(least=least, most=most, got=value)
