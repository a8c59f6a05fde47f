"""The check of what was overheard: silent about what may be told, and finds each thing that may not."""

import json
from typing import Any

import pytest

from tests.e2e.overhearing import Heard, Overheard, Secret, leaks, logged_secrets, points_told

QUESTION = {"index": 0, "type": "single", "prompt": "?", "choices": ["a", "b"]}
SECRET = Secret(index=0, closing_s=10.0, texts=("right-1234",), answered=frozenset({"Ada"}))
OPEN = {"type": "session", "session": {"question": QUESTION, "reveal": None}}
KEY = {"correct": [1], "accepted": []}


def found(message: dict[str, Any], *, who: str = "Ada", at_s: float = 5.0, hides: bool = False) -> list[str]:
    overheard = Overheard(frames=[Heard(who, at_s, json.dumps(message))])
    return leaks(overheard, [SECRET], hides_results=hides)


def with_key() -> dict[str, Any]:
    return {"type": "session", "session": {"question": QUESTION, "reveal": KEY}}


def outcome(**fields: object) -> dict[str, Any]:
    return {"type": "leaderboard", "me": {"player_id": "p", "question": 0, **fields}}


def test_what_may_be_told_is_no_leak() -> None:
    """A question without its key; the key after the close; one's own result, where results come at once."""
    assert found(OPEN) == []
    assert found(with_key(), at_s=10.5) == []
    assert found(outcome(correct=True, gained=900)) == []
    assert found(outcome(correct=True, gained=900), at_s=10.5, hides=True) == []


@pytest.mark.parametrize(
    "message",
    [
        with_key(),
        {"type": "session", "session": {"question": {**QUESTION, "correct": [1]}, "reveal": None}},
        {"type": "session", "session": {"question": {**QUESTION, "answer": 1}, "reveal": None}},
        {"type": "lobby", "hint": {"deep": [KEY]}},
        {"type": "pong", "id": "it is right-1234"},
    ],
)
def test_key_before_the_close_is_a_leak(message: dict[str, Any]) -> None:
    """As a reveal, as one more field, beside nothing, as text."""
    assert found(message)


def test_result_before_the_close_is_a_leak_where_it_waits_or_to_another() -> None:
    """Of an answer of one's own, or of somebody who did not answer."""
    assert found(outcome(gained=0), hides=True)
    assert found(outcome(correct=False), hides=True)
    assert found(outcome(correct=False), who="the screen")


def test_reply_of_http_is_looked_at_as_a_frame_is() -> None:
    """The text alone where it is no JSON."""
    replies = [Heard("/metrics", 1.0, "answers{right-1234} 1")]
    assert leaks(Overheard(replies=replies), [SECRET], hides_results=False)


def test_points_told_are_those_within_the_window() -> None:
    """Everybody's, wherever they stand."""
    frames = [
        Heard("Ada", at_s, json.dumps({"top": [{"player_id": "p", "points": at_s * 100}]})) for at_s in (1, 2, 9)
    ]
    assert points_told(frames, after_s=0.5, before_s=5.0) == {"p": {100, 200}}


def test_logged_secret_is_found_and_not_repeated() -> None:
    """The finding does not say it either."""
    [problem] = logged_secrets("a.log", "x right-1234 y", ["right-1234", "other"])
    assert "right-1234" not in problem
