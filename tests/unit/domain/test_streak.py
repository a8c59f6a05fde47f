"""The streak bonus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.quiz import QuestionType
from shared.domain.streak import place_of, streak_at, streak_bonus, with_mark
from tests.unit.domain.asking import question

histories = st.text(alphabet="10 ", max_size=60)


@pytest.mark.parametrize(
    ("history", "bonus"),
    [
        ("", 0),
        ("1", 0),
        ("11", 100),
        ("111", 300),
        ("1101", 100),
        ("11 11", 200),
        ("1111111", 100 + 200 + 300 + 400 + 500 + 500),
        ("0000", 0),
    ],
)
def test_streak_bonus_is_that_of_the_table(history: str, bonus: int) -> None:
    """The worked examples of docs/scoring.md."""
    assert streak_bonus(history) == bonus


@given(histories, histories)
def test_streak_bonus_of_histories_with_a_miss_between_adds_up(one: str, other: str) -> None:
    """A row never reaches over a wrong or missing answer."""
    for miss in "0 ":
        assert streak_bonus(one + miss + other) == streak_bonus(one) + streak_bonus(other)


@given(histories, st.integers(0, 70), st.sampled_from("10 "))
def test_mark_is_set_at_its_place_and_nowhere_else(history: str, place: int, mark: str) -> None:
    """Marks may come in any order."""
    marked = with_mark(history, place, mark)
    assert marked[place] == mark
    padded = history.ljust(place + 1)
    assert [char for at, char in enumerate(marked) if at != place] == [
        char for at, char in enumerate(padded) if at != place
    ]


@pytest.mark.parametrize(
    ("history", "place", "run"), [("111", 2, 3), ("111", 1, 2), ("101", 2, 1), ("110", 2, 0), ("11", 2, 0)]
)
def test_streak_at_counts_the_row_that_ends_there(history: str, place: int, run: int) -> None:
    """Of a question without an answer it is none."""
    assert streak_at(history, place) == run


def test_poll_has_no_place_in_a_streak() -> None:
    """It neither continues nor ends a row."""
    asked = [question(), question(QuestionType.POLL), question()]
    assert [place_of(asked, index) for index in range(3)] == [0, None, 1]
