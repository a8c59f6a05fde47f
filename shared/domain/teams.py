"""Teams: who is in which, and what a team has."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.ranking import Entry

MAX_TEAMS = 20
MAX_TEAM_NAME = 24


class TeamScore(StrEnum):
    """`sum` favours the larger team, `mean` (rounded, halves up) makes up for it."""

    SUM = "sum"
    MEAN = "mean"


class TeamChoice(StrEnum):
    PICKED = "picked"  # by the player, when joining
    DRAWN = "drawn"  # in turn, by the order of joining


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEntry:
    """One team's line. `players`: its members on the board, those with an accepted answer."""

    rank: int
    team: int
    points: int
    players: int


def team_of(teams: tuple[str, ...], choice: TeamChoice, *, picked: int | None, seat: int) -> int | None:
    """The team of the player on `seat` (from 0); None in a session without teams.

    Raises Refusal TEAM_UNKNOWN when the player must pick one and did not, or picked none of them.
    """
    if not teams:
        return None
    if choice is TeamChoice.DRAWN:
        return seat % len(teams)
    if picked is None or not 0 <= picked < len(teams):
        got = "none" if picked is None else str(picked)
        raise Refusal(RefusalCode.TEAM_UNKNOWN, f"expected a team from 0 to {len(teams) - 1}, got {got}")
    return picked


def team_entries(entries: Iterable[Entry], *, teams: int, score: TeamScore) -> tuple[TeamEntry, ...]:
    """Every team, best first; teams of equal points share a rank and stand in the order of their numbers."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.team is not None:
            members[entry.team].append(entry.points)
    points = {team: _points(members[team], score) for team in range(teams)}
    ordered = sorted(range(teams), key=lambda team: (-points[team], team))
    return tuple(
        TeamEntry(
            rank=1 + sum(other > points[team] for other in points.values()),
            team=team,
            points=points[team],
            players=len(members[team]),
        )
        for team in ordered
    )


def _points(points: list[int], score: TeamScore) -> int:
    if score is TeamScore.SUM or not points:
        return sum(points)
    return (2 * sum(points) + len(points)) // (2 * len(points))
