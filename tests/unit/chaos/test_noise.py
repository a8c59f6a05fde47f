"""The noise is the same again for a seed; what it must not leave behind is found when it is planted."""

import random

from knative.local.chaos.fuzzing import Budget
from knative.local.chaos.noise import noisy_body, noisy_frames, noisy_message, noisy_record
from knative.local.chaos.paths import filled
from knative.local.chaos.poisons import sound_records
from knative.local.chaos.unharmed import tracebacks
from shared.events.codec import from_record


def test_noise_of_a_seed_is_the_same_again() -> None:
    """Who found something can look again."""
    for draw in (noisy_frames, noisy_message, noisy_body):
        first, second = ([draw(rng) for _ in range(50)] for rng in (random.Random(1), random.Random(1)))
        assert first == second
        assert len(set(first)) > 10


def test_noisy_records_are_never_of_the_session_that_is_played() -> None:
    """Or what is sound in spite of everything would count there."""
    sound = sound_records("played")
    assert {from_record(dict(one.headers), one.value).subject for one in sound} == {"played"}
    rng = random.Random(2)
    made = [noisy_record(rng, rng.choice(sound), session_id="another") for _ in range(500)]
    assert {dict(one.headers).get("ce_subject") for one in made}.isdisjoint({b"played"})


def test_paths_are_filled_with_something_that_is_one_segment() -> None:
    """Ids that there are, and others."""
    rng = random.Random(3)
    paths = {filled("/api/sessions/{session}/results", rng, known=["s1"]).partition("?")[0] for _ in range(100)}
    assert "/api/sessions/s1/results" in paths
    assert len(paths) > 10
    assert all(path.startswith("/api/sessions/") and path.count("/") == 4 for path in paths)


def test_budget_gives_no_more_than_there_is() -> None:
    """The bound of a run."""
    budget = Budget(left=5)
    assert [budget.take(3), budget.take(3), budget.take(3)] == [3, 2, 0]


def test_traceback_is_found_as_lines_and_within_json() -> None:
    """With what was raised."""
    lines = b'fine\nTraceback (most recent call last):\n  File "x.py"\nValueError: bad\n'
    inside = rb'{"error.stack_trace": "Traceback (most recent call last):\n  x\nKeyError: 1", "a": 1}'
    assert tracebacks(b"all is well") == []
    assert len(tracebacks(lines + inside)) == 2
    assert tracebacks(inside) == ["KeyError: 1"]
