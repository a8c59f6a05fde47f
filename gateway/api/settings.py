"""The settings of a session as a host sends them. The domain judges them (settings_problems)."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.domain.late_join import LateScore
from shared.domain.scoring import ScoringPolicy, ScoringRules
from shared.domain.settings import (
    MAX_DURATION_MS,
    MAX_IDLE_MS,
    MAX_LEAD_MS,
    MAX_PLAYERS,
    MAX_REVEAL_MS,
    MAX_ROSTER,
    NicknameRule,
    Pacing,
    ResultsShown,
    Settings,
)
from shared.domain.teams import MAX_TEAMS, TeamChoice, TeamScore

# Wider than the rules, which say in words what is wrong with a name that somebody typed.
TypedName = Annotated[str, Meta(max_length=200)]


class SettingsBody(Struct, frozen=True, kw_only=True):
    """As domain Settings and ScoringRules, within bounds."""

    policy: ScoringPolicy = ScoringPolicy.SPEED_V1
    penalty_percent: Annotated[int, Meta(ge=0, le=100)] = 0
    partial_credit: bool = False
    streak_bonus: bool = False
    pacing: Pacing = Pacing.HOST
    results: ResultsShown = ResultsShown.AT_ONCE
    answer_change: bool = False
    shuffle_choices: bool = False
    late_join: bool = True
    late_score: LateScore = LateScore.ZERO
    nicknames: NicknameRule = NicknameRule.FREE
    roster: Annotated[tuple[TypedName, ...], Meta(max_length=MAX_ROSTER)] = ()
    teams: Annotated[tuple[TypedName, ...], Meta(max_length=MAX_TEAMS)] = ()
    team_score: TeamScore = TeamScore.MEAN
    team_choice: TeamChoice = TeamChoice.PICKED
    spectators: bool = True
    reactions: bool = False
    language: Annotated[str, Meta(min_length=2, max_length=35, pattern="^[A-Za-z0-9-]+$")] = "en"
    lead_ms: Annotated[int, Meta(ge=0, le=MAX_LEAD_MS)] = 0
    reveal_ms: Annotated[int, Meta(ge=0, le=MAX_REVEAL_MS)] = 5_000
    duration_ms: Annotated[int, Meta(ge=1_000, le=MAX_DURATION_MS)] = 3_600_000
    idle_ms: Annotated[int, Meta(ge=1_000, le=MAX_IDLE_MS)] = 6 * 3_600_000
    max_players: Annotated[int, Meta(ge=1, le=MAX_PLAYERS)] = MAX_PLAYERS

    def chosen(self) -> Settings:
        """The domain's settings."""
        return Settings(
            rules=ScoringRules(
                policy=self.policy,
                penalty_percent=self.penalty_percent,
                partial_credit=self.partial_credit,
                streak_bonus=self.streak_bonus,
            ),
            pacing=self.pacing,
            results=self.results,
            answer_change=self.answer_change,
            shuffle_choices=self.shuffle_choices,
            late_join=self.late_join,
            late_score=self.late_score,
            nicknames=self.nicknames,
            roster=self.roster,
            teams=self.teams,
            team_score=self.team_score,
            team_choice=self.team_choice,
            spectators=self.spectators,
            reactions=self.reactions,
            language=self.language,
            lead_ms=self.lead_ms,
            reveal_ms=self.reveal_ms,
            duration_ms=self.duration_ms,
            idle_ms=self.idle_ms,
            max_players=self.max_players,
        )
