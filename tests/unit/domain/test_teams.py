"""Teams: who is in which, and what a team has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.ranking import Entry
from shared.domain.teams import TeamChoice, TeamScore, team_entries, team_of

TEAMS = ("Red", "Blue")


def entry(team: int | None, points: int) -> Entry:
    return Entry(rank=1, player_id="p", nickname="n", points=points, total_ms=0, team=team)


def test_team_drawn_goes_round_by_seat() -> None:
    """The teams differ by one player at most."""
    drawn = [team_of(TEAMS, TeamChoice.DRAWN, picked=None, seat=seat) for seat in range(5)]
    assert drawn == [0, 1, 0, 1, 0]


@pytest.mark.parametrize("picked", [None, -1, 2])
def test_team_picked_must_be_one_of_them(picked: int | None) -> None:
    """The refusal says expected and got."""
    with pytest.raises(Refusal, match="expected a team from 0 to 1, got") as refused:
        team_of(TEAMS, TeamChoice.PICKED, picked=picked, seat=0)
    assert refused.value.code is RefusalCode.TEAM_UNKNOWN


def test_session_without_teams_puts_nobody_into_one() -> None:
    """Whatever was picked."""
    assert team_of((), TeamChoice.PICKED, picked=1, seat=0) is None


@pytest.mark.parametrize(
    ("score", "lines"),
    [
        (TeamScore.SUM, [(1, 1, 1_000, 3), (2, 0, 901, 2), (3, 2, 0, 0)]),
        (TeamScore.MEAN, [(1, 0, 451, 2), (2, 1, 333, 3), (3, 2, 0, 0)]),
    ],
)
def test_team_entries_are_ranked_by_sum_or_mean(score: TeamScore, lines: list[tuple[int, int, int, int]]) -> None:
    """Means are rounded, halves up; a team without an answer is there with nothing."""
    entries = [entry(0, 900), entry(0, 1), entry(1, 1_000), entry(1, 0), entry(1, 0), entry(None, 5_000)]
    got = [
        (line.rank, line.team, line.points, line.players) for line in team_entries(entries, teams=3, score=score)
    ]
    assert got == lines


def test_teams_of_equal_points_share_a_rank() -> None:
    """And the next one's rank leaves room for both."""
    lines = team_entries([entry(0, 5), entry(1, 5), entry(2, 1)], teams=3, score=TeamScore.SUM)
    assert [line.rank for line in lines] == [1, 1, 3]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-500, 5_000)), max_size=30))
def test_team_sums_are_all_the_points_there_are(answers: list[tuple[int, int]]) -> None:
    """Nothing is lost between players and teams."""
    lines = team_entries([entry(*answer) for answer in answers], teams=4, score=TeamScore.SUM)
    assert sum(line.points for line in lines) == sum(points for _, points in answers)
    assert sum(line.players for line in lines) == len(answers)
