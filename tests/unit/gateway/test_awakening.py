"""An answer after a pause wakes the steps behind submit, once; answers that follow wake nobody."""

import asyncio

from gateway.sessions.awakening import PAUSE_MS, Awakening
from shared.adapters.memory import Part
from shared.events import catalog
from shared.events.event import Event
from shared.events.payloads import PipelineWakeRequested
from tests.story import ADA, FIRST_OPEN, GRACE, SESSION_ID, seed
from tests.unit.gateway.stage import Client, Running, Stage, until


def _wakes(stage: Stage) -> list[Event]:
    return [event for event in stage.system.publisher.events if event.type is catalog.PIPELINE_WAKE_REQUESTED]


async def _answer(client: Client, answer_id: str) -> None:
    """Taken: its ack came."""
    await client.say(type="answer", id=answer_id, question=0, value={"choices": [0]})
    await client.hear_type("ack")


async def _player(stage: Stage, gateway: Running) -> Client:
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    return client


async def test_answer_after_a_pause_wakes_the_pipeline_once(stage: Stage, gateway: Running) -> None:
    """The first answer brings one event; those within the pause none; after another pause comes one more."""
    client = await _player(stage, gateway)
    await _answer(client, "first")
    await until(lambda: len(_wakes(stage)) == 1)
    stage.system.clock.advance(PAUSE_MS - 1)
    await _answer(client, "second")
    stage.system.clock.advance(PAUSE_MS)
    await _answer(client, "third")
    await until(lambda: len(_wakes(stage)) == 2)
    first, second = _wakes(stage)
    assert (first.subject, first.data) == (SESSION_ID, PipelineWakeRequested(gateway="gateway-0"))
    assert first.id != second.id


async def test_question_asked_for_after_a_pause_wakes_the_pipeline_before_its_answer(stage: Stage) -> None:
    """In a session paced by each player; what it does not keep awake does not count as busy."""
    awakening = Awakening(
        gateway_id="gateway-0",
        publisher=stage.system.publisher,
        limits=stage.system.limits,
        clock=stage.system.clock,
    )
    running = asyncio.create_task(awakening.run())
    try:
        awakening.expected(SESSION_ID)
        await until(lambda: len(_wakes(stage)) == 1)
        stage.system.clock.advance(PAUSE_MS - 1)
        awakening.expected(SESSION_ID)
        stage.system.clock.advance(1)
        awakening.answered(SESSION_ID)
        await until(lambda: len(_wakes(stage)) == 2)
    finally:
        running.cancel()


async def test_two_gateways_wake_the_pipeline_once(stage: Stage, gateway: Running) -> None:
    """Redis tells the second that it was done."""
    ada = await _player(stage, gateway)
    other = await stage.start("gateway-1")
    grace = await other.follow(token=stage.token(GRACE))
    await grace.hear_type("snapshot")
    await _answer(ada, "first")
    await until(lambda: len(_wakes(stage)) == 1)
    await _answer(grace, "second")
    stage.system.clock.advance(PAUSE_MS)
    await _answer(grace, "third")
    await until(lambda: len(_wakes(stage)) == 2)
    assert {event.data for event in _wakes(stage)} == {
        PipelineWakeRequested(gateway="gateway-0"),
        PipelineWakeRequested(gateway="gateway-1"),
    }


async def test_answer_is_taken_while_redis_is_away(stage: Stage, gateway: Running) -> None:
    """Waking is a favour: what it needs holds no answer up."""
    client = await _player(stage, gateway)
    stage.system.faults.away.add(Part.REDIS)
    await _answer(client, "first")
    stage.system.faults.away.clear()
    assert any(event.type is catalog.ANSWER_SUBMITTED for event in stage.system.publisher.events)
