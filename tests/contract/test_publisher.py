"""The publisher: what it returned from is in the log, in order."""

import asyncio
from dataclasses import replace

from shared.events.event import Event
from tests.contract.parts import Parts
from tests.events.golden import ANSWER_SUBMITTED, GOLDEN


def _answers(session_id: str, count: int) -> list[Event]:
    return [replace(ANSWER_SUBMITTED, id=f"event-{number}", subject=session_id) for number in range(count)]


async def test_published_event_of_every_type_is_in_the_log(parts: Parts, session_id: str) -> None:
    """Whole, in the topic of its type."""
    events = [replace(event, subject=session_id) for event in GOLDEN]
    await parts.publisher.publish(*events)
    logged = await parts.published(session_id, len(events))
    assert sorted(logged, key=lambda event: event.id) == sorted(events, key=lambda event: event.id)


async def test_events_of_one_key_published_one_by_one_are_in_order(parts: Parts, session_id: str) -> None:
    """Each was acknowledged before the next was sent."""
    events = _answers(session_id, 50)
    for event in events:
        await parts.publisher.publish(event)
    assert await parts.published(session_id, 50) == events


async def test_events_of_one_key_published_together_are_in_order(parts: Parts, session_id: str) -> None:
    """One call keeps the order of its arguments."""
    events = _answers(session_id, 50)
    await parts.publisher.publish(*events)
    assert await parts.published(session_id, 50) == events


async def test_events_published_by_many_at_once_are_all_in_the_log(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """None is lost or doubled among five hundred of two processes."""
    events = _answers(session_id, 500)
    await asyncio.gather(
        *((parts, twin)[number % 2].publisher.publish(event) for number, event in enumerate(events))
    )
    logged = await parts.published(session_id, 500)
    assert sorted(event.id for event in logged) == sorted(event.id for event in events)


async def test_event_published_again_is_there_again_under_its_id(parts: Parts, session_id: str) -> None:
    """At least once: repetition is for the readers to see through."""
    (event,) = _answers(session_id, 1)
    await parts.publisher.publish(event)
    await parts.publisher.publish(event)
    assert await parts.published(session_id, 2) == [event, event]


async def test_publishing_nothing_returns(parts: Parts) -> None:
    """No events, no fault."""
    await parts.publisher.publish()
