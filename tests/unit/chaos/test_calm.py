"""What enemies' turns are, and what the others are found to have noticed of them."""

import asyncio
import dataclasses

import pytest

from knative.local.chaos.calm import Turns, noticed
from tests.unit.play.planted import good_evidence


@pytest.mark.parametrize(
    ("questions", "noisy"),
    [(20, [-1, *range(5, 10), *range(15, 20)]), (6, [-1, 1, 3, 5]), (1, [-1])],
)
def test_turns_take_every_second_quarter_of_the_questions(questions: int, noisy: list[int]) -> None:
    """And the lobby; a short play goes question by question."""
    turns = Turns(questions)
    assert [question for question in range(-1, questions) if turns.is_noisy(question)] == noisy


async def test_turns_let_enemies_wait_for_theirs() -> None:
    """Noise and calm are never both now."""
    turns = Turns(2)
    await turns.noise()
    turns.at(0)
    await turns.calm()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(turns.noise(), 0)


def test_noticed_compares_the_slowest_with_and_without_enemies_but_for_the_first_question() -> None:
    """Questions 1 and 3 are noisy, 0 does not count."""
    first = good_evidence()[0]
    waits_s = {0: 9.0, 1: 0.6, 2: 0.2, 3: 0.3}
    answers = tuple(
        dataclasses.replace(first.answers[0], question=question, created_s=1.0, covered_s=1.0 + wait_s)
        for question, wait_s in waits_s.items()
    )
    found = noticed([dataclasses.replace(first, answers=answers)], Turns(4))
    assert found is not None
    assert found.ratio == pytest.approx(3.0)


def test_noticed_without_a_calm_answer_is_nothing() -> None:
    """A play of two questions has only its first without enemies."""
    assert noticed(good_evidence(), Turns(2)) is None
