"""Poisoned records are poison to every function that takes them, and the count of their letters is strict."""

from datetime import UTC, datetime

import pytest

from knative.local.chaos.poisoning import burial_problems, takers
from knative.local.chaos.poisons import Poison, poisons
from knative.local.deadletters.letter import DeadLetter, Place
from shared.domain.errors import MalformedEvent
from shared.events.catalog import TOPICS
from shared.events.codec import from_record

NEEDS_MORE = "unknown session"
TAKERS = takers()


def _letter(poison: Poison, function: str, *, code: str = "422") -> DeadLetter:
    headers = {
        "ce_id": poison.id.encode(),
        "ce_knativeerrordest": f"http://127.0.0.1:1/functions/{function}".encode(),
        "ce_knativeerrorcode": code.encode(),
    }
    return DeadLetter(place=Place(0, 0), when=datetime.now(UTC), headers=headers, value=b"")


def _letters(made: list[Poison]) -> list[DeadLetter]:
    return [_letter(one, function) for one in made for function in TAKERS[one.record.topic]]


def test_poisons_are_there_for_every_topic_that_a_function_takes() -> None:
    """None is spared."""
    taken = {topic for topic, functions in TAKERS.items() if functions}
    assert {one.record.topic for one in poisons("session")} == taken < set(TOPICS)


def test_poisons_are_malformed_by_themselves() -> None:
    """But for those of an unknown session, which only a function can tell."""
    for one in poisons("session"):
        if one.kind == NEEDS_MORE:
            assert from_record(dict(one.record.headers), one.record.value).id == one.id
            continue
        with pytest.raises(MalformedEvent):
            from_record(dict(one.record.headers), one.record.value)


def test_burial_of_each_poison_by_each_taker_is_complete() -> None:
    """Nothing to say."""
    made = poisons("session")
    assert burial_problems(made, _letters(made), TAKERS) == []


@pytest.mark.parametrize("change", ["lost", "twice", "another code"])
def test_burial_that_is_not_exact_is_found(change: str) -> None:
    """A letter too few, one too many, or one that blames a passing fault."""
    made = poisons("session")
    found = _letters(made)
    if change == "lost":
        found.pop()
    elif change == "twice":
        found.append(found[0])
    else:
        found[0] = _letter(made[0], found[0].function, code="503")
    assert len(burial_problems(made, found, TAKERS)) == 1
