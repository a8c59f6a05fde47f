"""Points: the worked examples of docs/scoring.md, and what must hold for all answers."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.quiz import MAX_POINTS, MAX_TIME_LIMIT_MS, MIN_TIME_LIMIT_MS, Question, QuestionType
from shared.domain.scoring import ScoringPolicy, points_for
from tests.unit.domain.asking import question

DOCUMENT = Path(__file__).parents[3] / "docs" / "scoring.md"


@dataclass(frozen=True)
class Example:
    """One row of the document's table of worked examples."""

    policy: ScoringPolicy
    points: int
    limit_ms: int
    after_ms: int
    right: bool
    gives: int


def worked_examples() -> list[Example]:
    """The rows under the table's header and its rule."""
    table = DOCUMENT.read_text(encoding="utf-8").split("| policy | points | limit | after | answer | gives |")[1]
    rows = [
        [cell.strip(" `") for cell in row.split("|")[1:-1]] for row in table.strip().split("\n\n")[0].split("\n")
    ]
    return [
        Example(
            ScoringPolicy(policy), number(points), number(limit), number(after), answer == "right", number(gives)
        )
        for policy, points, limit, after, answer, gives in rows[1:]
    ]


def number(text: str) -> int:
    return int(text.removesuffix(" ms").replace(",", ""))


def test_document_has_worked_examples_of_every_policy() -> None:
    """The table is read, and leaves no formula out."""
    examples = worked_examples()
    assert len(examples) >= 12
    assert {example.policy for example in examples} == set(ScoringPolicy)


@pytest.mark.parametrize("example", worked_examples(), ids=str)
def test_points_are_those_of_the_worked_example(example: Example) -> None:
    """What the document promises is what a player gets."""
    asked = question(points=example.points, time_limit_ms=example.limit_ms)
    points = points_for(example.policy, asked, correct=example.right, elapsed_ms=example.after_ms)
    assert points == example.gives


policies = st.sampled_from(list(ScoringPolicy))
questions = st.builds(
    lambda points, limit: question(points=points, time_limit_ms=limit),
    st.integers(0, MAX_POINTS),
    st.integers(MIN_TIME_LIMIT_MS, MAX_TIME_LIMIT_MS),
)
elapsed = st.integers(-1_000, MAX_TIME_LIMIT_MS + 1_000)


@given(policies, questions, elapsed, st.booleans())
def test_points_are_whole_and_within_the_questions(
    policy: ScoringPolicy, asked: Question, elapsed_ms: int, right: bool
) -> None:
    """Never a float, never below zero, never above what the question gives; nothing for a wrong answer."""
    points = points_for(policy, asked, correct=right, elapsed_ms=elapsed_ms)
    assert type(points) is int
    assert 0 <= points <= (asked.points if right else 0)


@given(policies, questions, elapsed, elapsed)
def test_points_never_grow_with_time(policy: ScoringPolicy, asked: Question, one_ms: int, other_ms: int) -> None:
    """The earlier of two right answers never gets less."""
    early, late = sorted((one_ms, other_ms))
    assert points_for(policy, asked, correct=True, elapsed_ms=early) >= points_for(
        policy, asked, correct=True, elapsed_ms=late
    )


@given(policies, st.integers(0, 20_000))
def test_points_of_a_poll_are_none(policy: ScoringPolicy, elapsed_ms: int) -> None:
    """A poll has no right answer, whatever somebody says of it."""
    assert points_for(policy, question(QuestionType.POLL), correct=True, elapsed_ms=elapsed_ms) == 0


@given(questions, elapsed)
def test_points_by_speed_are_at_least_half(asked: Question, elapsed_ms: int) -> None:
    """speed.v1 leaves half of the points at the deadline, halves rounded up."""
    points = points_for(ScoringPolicy.SPEED_V1, asked, correct=True, elapsed_ms=elapsed_ms)
    assert points >= asked.points / 2
