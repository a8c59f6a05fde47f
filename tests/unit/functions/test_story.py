"""Each handler told the story: what it emits is the golden event, and what is not its own it refuses."""

import contextlib

import pytest

from shared.adapters.memory import MemorySystem
from shared.domain.errors import MalformedEvent
from shared.events import catalog
from shared.events.event import Event
from tests import story
from tests.events import golden
from tests.events.generate import fixture_name
from tests.story import PLAYERS, seed, seed_self_paced
from tests.unit.functions.handlers import HANDLERS, TOPICS

EMITTED = {
    "join": [
        (golden.PLAYER_JOIN_REQUESTED, golden.PLAYER_JOINED),
        (golden.SECOND_JOIN_REQUEST, golden.PLAYER_REFUSED),
    ],
    "submit": [
        (golden.ANSWER_SUBMITTED, golden.ANSWER_ACCEPTED),
        (golden.SECOND_SUBMISSION, golden.ANSWER_REFUSED),
        (golden.QUESTION_REQUESTED, golden.PLAYER_QUESTION_OPENED),
        (golden.EARLY_REQUEST, golden.QUESTION_REFUSED),
    ],
    "score": [(golden.ANSWER_ACCEPTED, golden.SCORE_UPDATED)],
    "rank": [(golden.SCORE_UPDATED, golden.LEADERBOARD_UPDATED)],
}
each_function = pytest.mark.parametrize("function", HANDLERS)


@pytest.mark.parametrize(("function", "steps"), EMITTED.items())
async def test_handler_told_the_story_emits_the_golden_events(
    function: str, steps: list[tuple[Event, Event]]
) -> None:
    """Payload, id, source, time and trace: the fixtures are what the functions really say."""
    system = MemorySystem()
    await seed(system, players=() if function == "join" else PLAYERS)
    await seed_self_paced(system)
    system.clock.set(story.OPENED_FOR_ADA_MS)
    handler = HANDLERS[function](system)
    for cause, _ in steps:
        await handler.handle(cause)
    assert system.publisher.events == [effect for _, effect in steps]


async def test_score_in_a_self_paced_session_tells_the_player_too() -> None:
    """The board is for all; the result of one's own question comes apart."""
    system = MemorySystem()
    await seed(system)
    await HANDLERS["score"](system).handle(golden.SELF_PACED_ACCEPTED)
    assert [event.type for event in system.publisher.events] == [catalog.SCORE_UPDATED, catalog.PLAYER_RESULT]
    assert system.publisher.events[1] == golden.PLAYER_RESULT


@each_function
@pytest.mark.parametrize("event", golden.GOLDEN, ids=fixture_name)
async def test_handler_takes_its_topics_and_refuses_all_else(function: str, event: Event) -> None:
    """A stray event is malformed here, so that it ends in the dead letters and is not tried again."""
    system = MemorySystem()
    await seed(system)
    await seed_self_paced(system)
    handler = HANDLERS[function](system)
    if event.type.topic in TOPICS[function]:
        await handler.handle(event)
    else:
        with pytest.raises(MalformedEvent, match=event.type.name):
            await handler.handle(event)


@each_function
@pytest.mark.parametrize("event", golden.GOLDEN, ids=fixture_name)
async def test_handler_on_an_empty_database_never_calls_it_a_passing_fault(function: str, event: Event) -> None:
    """An event of a session that nobody knows is handled or malformed, so that it is not retried for ever."""
    if event.type.topic not in TOPICS[function]:
        return
    with contextlib.suppress(MalformedEvent):
        await HANDLERS[function](MemorySystem()).handle(event)
