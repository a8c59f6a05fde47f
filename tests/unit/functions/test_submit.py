"""submit: which answers count, judged by the question's own times, whatever the phase is by now."""

from dataclasses import replace

import msgspec
import pytest

from shared.adapters.memory import MemorySystem
from shared.domain.errors import MalformedEvent, RefusalCode
from shared.domain.session import Session, Timing
from shared.events.event import Event
from shared.events.payloads import AnswerAccepted, AnswerRefused, Value
from tests import story
from tests.events.golden import ANSWER_ACCEPTED, ANSWER_SUBMITTED, submission
from tests.story import ADA, GRACE, SESSION_ID, START_MS, seed
from tests.unit.functions.handlers import HANDLERS

OPENED_MS = START_MS + 10_000
CLOSES_MS = START_MS + 30_000
RIGHT = Value(choices=(1,))


async def _system(session: Session = story.SECOND_OPEN) -> MemorySystem:
    system = MemorySystem()
    await seed(system, session=session)
    return system


async def _outcome(system: MemorySystem, event: Event) -> RefusalCode | None:
    """Why the answer does not count; None when it does."""
    await HANDLERS["submit"](system).handle(event)
    outcome = system.publisher.events[-1].data
    assert isinstance(outcome, AnswerAccepted | AnswerRefused)
    return outcome.code if isinstance(outcome, AnswerRefused) else None


def _answer(*, at_ms: int, value: Value = RIGHT, question: int = 0) -> Event:
    return submission(ADA, "an-answer", value, question=question, at_ms=at_ms)


@pytest.mark.parametrize(
    ("at_ms", "refusal"),
    [
        (OPENED_MS - 1, RefusalCode.QUESTION_NOT_OPEN),
        (OPENED_MS, None),
        (CLOSES_MS, None),
        (CLOSES_MS + 1, RefusalCode.QUESTION_CLOSED),
    ],
)
@pytest.mark.parametrize(
    "session",
    [story.FIRST_OPEN, story.FIRST_CLOSED, story.SECOND_OPEN, story.FINISHED],
    ids=lambda session: f"{session.phase}-{session.question}",
)
async def test_answer_is_judged_by_when_it_was_received(
    session: Session, at_ms: int, refusal: RefusalCode | None
) -> None:
    """Both ends count; how late it is processed does not."""
    assert await _outcome(await _system(session), _answer(at_ms=at_ms)) is refusal


@pytest.mark.parametrize(
    ("value", "question", "at_ms"),
    [
        (Value(), 0, OPENED_MS),
        (Value(choices=(4,)), 0, OPENED_MS),
        (Value(choices=(0, 1)), 0, OPENED_MS),
        (Value(text="Jupiter"), 0, OPENED_MS),
        (Value(choices=(1,)), 1, START_MS + 41_000),
        (Value(text="many"), 1, START_MS + 41_000),
    ],
)
async def test_answer_that_the_question_cannot_take_is_refused(value: Value, question: int, at_ms: int) -> None:
    """Choices out of range or too many, text for choices, words for a number."""
    system = await _system()
    event = _answer(at_ms=at_ms, value=value, question=question)
    assert await _outcome(system, event) is RefusalCode.ANSWER_INVALID
    assert list(await system.answers.all(SESSION_ID)) == []


async def test_answer_to_a_question_beyond_the_quiz_is_refused() -> None:
    """Such a question never opens."""
    event = _answer(at_ms=OPENED_MS, question=7)
    assert await _outcome(await _system(), event) is RefusalCode.QUESTION_NOT_OPEN


async def test_answer_of_nobody_is_refused() -> None:
    """A player of another session is nobody in this one."""
    nobody = replace(GRACE, id="nobody")
    event = submission(nobody, "an-answer", RIGHT, question=0, at_ms=OPENED_MS)
    assert await _outcome(await _system(), event) is RefusalCode.PLAYER_UNKNOWN


async def test_answer_under_a_stale_cache_is_judged_by_the_newest_state() -> None:
    """A cache that has not seen the question open must not refuse who was in time."""
    system = await _system(story.FIRST_OPEN)
    system.sessions.stale[SESSION_ID] = story.LOBBY
    assert await _outcome(system, ANSWER_SUBMITTED) is None


async def test_answer_accepted_before_the_host_closed_early_stays_accepted() -> None:
    """It was accepted by a cached state; the redelivery is judged by a newer one, under which it would be late."""
    system = await _system(story.FIRST_OPEN)
    assert await _outcome(system, ANSWER_SUBMITTED) is None
    closed = replace(story.FIRST_CLOSED, timings=(Timing(opened_at_ms=OPENED_MS, closes_at_ms=OPENED_MS + 1_000),))
    assert await system.sessions.compare_and_set(closed)
    assert await _outcome(system, ANSWER_SUBMITTED) is None
    assert system.publisher.events == [ANSWER_ACCEPTED, ANSWER_ACCEPTED]
    other = submission(ADA, "another-answer", RIGHT, question=0, at_ms=OPENED_MS + 4_000)
    assert await _outcome(system, other) is RefusalCode.QUESTION_CLOSED


async def test_answer_sent_again_with_another_value_counts_as_first_given() -> None:
    """One id is one answer: a retry cannot change it."""
    system = await _system()
    again = replace(
        ANSWER_SUBMITTED, data=msgspec.structs.replace(ANSWER_SUBMITTED.data, value=Value(choices=(2,)))
    )
    await HANDLERS["submit"](system).handle(ANSWER_SUBMITTED)
    await HANDLERS["submit"](system).handle(again)
    assert system.publisher.events == [ANSWER_ACCEPTED, ANSWER_ACCEPTED]


async def test_answer_in_an_unknown_session_is_malformed() -> None:
    """No redelivery can help it."""
    with pytest.raises(MalformedEvent, match="session"):
        await HANDLERS["submit"](MemorySystem()).handle(ANSWER_SUBMITTED)
