"""Points: the worked examples of docs/scoring.md, and what must hold for all answers."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.quiz import MAX_POINTS, MAX_TIME_LIMIT_MS, MIN_TIME_LIMIT_MS, Question, QuestionType
from shared.domain.scoring import ScoringPolicy, ScoringRules, full_points, points_for
from tests.unit.domain.asking import question

CREDIT = {True: Fraction(1), False: Fraction(0)}
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
    points = points_for(
        ScoringRules(policy=example.policy), asked, credit=CREDIT[example.right], elapsed_ms=example.after_ms
    )
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
    points = points_for(ScoringRules(policy=policy), asked, credit=CREDIT[right], elapsed_ms=elapsed_ms)
    assert type(points) is int
    assert 0 <= points <= (asked.points if right else 0)


@given(policies, questions, elapsed, elapsed)
def test_points_never_grow_with_time(policy: ScoringPolicy, asked: Question, one_ms: int, other_ms: int) -> None:
    """The earlier of two right answers never gets less."""
    early, late = sorted((one_ms, other_ms))
    assert full_points(policy, asked, elapsed_ms=early) >= full_points(policy, asked, elapsed_ms=late)


@given(policies, st.integers(0, 20_000))
def test_points_of_a_poll_are_none(policy: ScoringPolicy, elapsed_ms: int) -> None:
    """A poll has no right answer, whatever somebody says of it."""
    assert (
        points_for(
            ScoringRules(policy=policy), question(QuestionType.POLL), credit=Fraction(1), elapsed_ms=elapsed_ms
        )
        == 0
    )


@given(questions, elapsed)
def test_points_by_speed_are_at_least_half(asked: Question, elapsed_ms: int) -> None:
    """speed.v1 leaves half of the points at the deadline, halves rounded up."""
    points = full_points(ScoringPolicy.SPEED_V1, asked, elapsed_ms=elapsed_ms)
    assert points >= asked.points / 2


@pytest.mark.parametrize(
    ("percent", "credit", "gives"),
    [(0, 0, 0), (50, 0, -500), (100, 0, -1_000), (33, 0, -330), (50, 1, 1_000), (50, Fraction(1, 3), 333)],
)
def test_penalty_is_taken_for_an_answer_that_is_all_wrong(percent: int, credit: Fraction, gives: int) -> None:
    """A part that is right gives its part, and no penalty."""
    rules = ScoringRules(policy=ScoringPolicy.FLAT_V1, penalty_percent=percent)
    assert points_for(rules, question(points=1_000), credit=Fraction(credit), elapsed_ms=0) == gives


@given(policies, questions, elapsed, st.fractions(0, 1), st.integers(0, 100))
def test_points_with_partial_credit_and_penalty_stay_within_the_questions(
    policy: ScoringPolicy, asked: Question, elapsed_ms: int, credit: Fraction, percent: int
) -> None:
    """Never more than a wholly right answer gives, never less than the penalty."""
    rules = ScoringRules(policy=policy, penalty_percent=percent)
    points = points_for(rules, asked, credit=credit, elapsed_ms=elapsed_ms)
    assert -asked.points <= points <= full_points(policy, asked, elapsed_ms=elapsed_ms)
