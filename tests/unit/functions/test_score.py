"""score: what an answer is worth, once."""

from dataclasses import replace

import msgspec
import pytest

from shared.adapters.memory import MemorySystem
from shared.domain.errors import MalformedEvent
from shared.domain.scoring import ScoringPolicy
from shared.events.event import Event
from shared.events.payloads import ScoreUpdated, Value
from tests.events.golden import ANSWER_ACCEPTED, SCORE_UPDATED
from tests.story import seed
from tests.unit.functions.handlers import HANDLERS


async def _system() -> MemorySystem:
    system = MemorySystem()
    await seed(system)
    return system


def _accepted(**changes: object) -> Event:
    """The golden accepted answer with some of its data changed."""
    return replace(ANSWER_ACCEPTED, data=msgspec.structs.replace(ANSWER_ACCEPTED.data, **changes))


async def _scored(system: MemorySystem, event: Event) -> tuple[bool, int]:
    await HANDLERS["score"](system).handle(event)
    score = system.publisher.events[-1].data
    assert isinstance(score, ScoreUpdated)
    return score.correct, score.points


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (True, 900)),
        ({"elapsed_ms": 0}, (True, 1_000)),
        ({"value": Value(choices=(0,))}, (False, 0)),
        ({"policy": ScoringPolicy.FLAT_V1}, (True, 1_000)),
        ({"policy": ScoringPolicy.LINEAR_V1}, (True, 800)),
        ({"question": 1, "value": Value(text="8,0"), "elapsed_ms": 5_000}, (True, 750)),
    ],
)
async def test_answer_is_scored_by_its_policy(changes: dict[str, object], expected: tuple[bool, int]) -> None:
    """Policy, time and quiz come with the event: no other state is asked."""
    assert await _scored(await _system(), _accepted(**changes)) == expected


async def test_score_that_stands_is_emitted_again_whatever_the_event_says() -> None:
    """The stored score decides, so that one answer never has two."""
    system = await _system()
    await HANDLERS["score"](system).handle(ANSWER_ACCEPTED)
    await HANDLERS["score"](system).handle(_accepted(policy=ScoringPolicy.FLAT_V1))
    assert system.publisher.events == [SCORE_UPDATED, SCORE_UPDATED]


@pytest.mark.parametrize(
    "changes",
    [
        {"quiz_id": "unknown"},
        {"quiz_version": 2},
        {"question": 2},
        {"value": Value(text="Jupiter")},
        {"value": Value(choices=(9,))},
    ],
)
async def test_answer_that_cannot_be_scored_is_malformed(changes: dict[str, object]) -> None:
    """A quiz, question or value that does not exist: no redelivery can help it."""
    with pytest.raises(MalformedEvent, match="expected"):
        await HANDLERS["score"](await _system()).handle(_accepted(**changes))
