"""Totals added up question by question equal the board of all results."""

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.ranking import Result, leaderboard_of, without_players
from shared.results.totals import Totals

RESULTS = st.lists(
    st.builds(
        Result,
        player_id=st.sampled_from(["p", "q", "r"]),
        nickname=st.just("N"),
        joined_at_ms=st.just(0),
        question=st.integers(0, 4),
        correct=st.booleans(),
        points=st.integers(-100, 1_000),
        elapsed_ms=st.integers(0, 5),
        answer_id=st.sampled_from(["a", "b", "c"]),
        received_at_ms=st.integers(0, 3),
    ),
    max_size=30,
)


@given(RESULTS, st.booleans(), st.sampled_from([(), ("p",), ("p", "r")]))
def test_totals_equal_the_board_of_all_results(
    results: list[Result], streak: bool, removed: tuple[str, ...]
) -> None:
    """With changed answers, streaks and removed players: the one order of ranking.py."""
    placed = [_with_place(result) for result in results] if streak else results
    totals = Totals()
    for question in range(5):
        totals.add(result for result in placed if result.question == question)
    board = without_players(leaderboard_of(placed), removed)
    assert totals.entries(removed=removed) == board.entries


def _with_place(result: Result) -> Result:
    fields = {name: getattr(result, name) for name in Result.__slots__}
    late = 70 if result.player_id == "r" else 0
    return Result(**fields | {"streak_place": result.question, "starting_points": late})
