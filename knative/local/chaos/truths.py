"""Truths that the log alone must show after any fault, beyond those of play/verify.py. Pure.

A repetition is an event under an id that was there already: redelivered, or made again from the same cause.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from knative.local.play.verify import AcceptedAnswers
from shared.domain.quiz import Quiz
from shared.events.event import Event
from shared.events.payloads import (
    AnswerRefused,
    AnswerSubmitted,
    Payload,
    PlayerJoinRequested,
    QuestionRequested,
    ScoreUpdated,
    SessionChanged,
)
from shared.events.scored import scored_answer

# What says how late an answer was, or by which gateway it came, is another at each try; what follows is not.
_MAY_DIFFER = {"message", "gateway"}
# What a client sends again under the same id until it has its outcome.
_TRIES = PlayerJoinRequested | QuestionRequested | AnswerSubmitted


def unlike_repetitions(events: Iterable[Event]) -> list[str]:
    """Events under one id that do not say the same: redelivery has given another outcome.

    A client's tries are another matter: each has its own time of arrival.
    """
    first: dict[str, tuple[str, dict[str, Any]]] = {}
    problems = []
    for event in events:
        if isinstance(event.data, _TRIES | SessionChanged):
            continue
        said = (event.type.name, _said(event.data))
        before = first.setdefault(event.id, said)
        if before != said:
            differing = _differing(before[1], said[1])
            problems.append(f"{event.type.name}: expected the same again under one id, got another {differing}")
    return problems


def wrong_scores(quiz: Quiz, accepted: AcceptedAnswers, events: Iterable[Event]) -> list[str]:
    """Scores in the log that are not what the accepted answer gives, and accepted answers without a score."""
    scores = {
        (event.data.player_id, event.data.question, event.data.answer_id): event.data
        for event in events
        if isinstance(event.data, ScoreUpdated)
    }
    return [
        problem
        for place, answer in accepted.answers.items()
        for problem in _score_problems(scores.get(place), scored_answer(quiz, answer), answer.nickname)
    ]


def wrong_times(accepted: AcceptedAnswers, events: Iterable[Event]) -> list[str]:
    """Answers whose elapsed time is not from their question's opening to their arrival, both by the one clock, or
    that arrived after the question's close."""
    opened: dict[int, int] = {}
    closes: dict[int, int] = {}
    for event in events:
        if isinstance(event.data, SessionChanged) and event.data.question is not None:
            question = event.data.question
            opened[question.index] = question.opened_at_ms
            closes[question.index] = max(closes.get(question.index, 0), question.closes_at_ms)
    return [
        f"{answer.nickname}: question {answer.question + 1} counts {answer.elapsed_ms} ms, which is not its time"
        for answer in accepted.answers.values()
        if not _is_timed(answer.elapsed_ms, answer.received_at_ms, opened.get(answer.question), closes)
        or answer.received_at_ms > closes.get(answer.question, 0)
    ]


def false_promises(acknowledged: Mapping[str, str], events: Iterable[Event]) -> list[str]:
    """Answers that were acknowledged to a player, by id with the player's name, and that Kafka does not have."""
    submitted = {event.data.answer_id for event in events if isinstance(event.data, AnswerSubmitted)}
    return [
        f"{name}: an answer was acknowledged and is not in Kafka"
        for answer_id, name in acknowledged.items()
        if answer_id not in submitted
    ]


def refusals(events: Iterable[Event]) -> dict[str, set[str]]:
    """The codes of each refused answer: one each, if it is refused the same way every time."""
    codes: dict[str, set[str]] = {}
    for event in events:
        if isinstance(event.data, AnswerRefused):
            codes.setdefault(event.data.answer_id, set()).add(event.data.code)
    return codes


def inconstant_refusals(events: Sequence[Event]) -> list[str]:
    """Answers that were refused for one reason, and another time for another."""
    return [
        f"an answer was refused as {' and as '.join(sorted(codes))}"
        for codes in refusals(events).values()
        if len(codes) > 1
    ]


def _said(data: Payload) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(data)
    return {name: value for name, value in fields.items() if name not in _MAY_DIFFER}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The fields, with what both say."""
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return ", ".join(f"{name} ({before.get(name)} and {after.get(name)})" for name in names) or "type"


def _score_problems(score: ScoreUpdated | None, right: Any, nickname: str) -> list[str]:
    if score is None:
        return [f"{nickname}: question {right.question + 1} was accepted, expected a score, got none"]
    got = (score.points, score.correct, score.elapsed_ms)
    expected = (right.points, right.correct, right.elapsed_ms)
    if got == expected:
        return []
    return [f"{nickname}: question {right.question + 1}: expected points, right, ms {expected}, got {got}"]


def _is_timed(elapsed_ms: int, received_at_ms: int, opened_at_ms: int | None, closes: Mapping[int, int]) -> bool:
    return opened_at_ms is not None and elapsed_ms == max(0, received_at_ms - opened_at_ms)
