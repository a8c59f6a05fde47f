"""A handler that dies at any of its calls, before or after the effect: the redelivery ends in the same state and
emits the same events.
"""

from typing import Any

import pytest

from functions.entrypoint import Handler
from shared.adapters.memory import MemorySystem, When
from shared.domain.errors import TransientFailure
from shared.events.event import Event
from shared.ports.board import Shown
from tests.events import golden
from tests.events.generate import fixture_name
from tests.story import ADA, OPENED_FOR_ADA_MS, PLAYERS, SELF_PACED_ID, SESSION_ID, seed, seed_self_paced
from tests.unit.functions.handlers import HANDLERS, TOPICS

EVENTS = (*golden.GOLDEN, golden.SECOND_JOIN_REQUEST, golden.SECOND_SUBMISSION)
CASES = [
    pytest.param(function, event, id=f"{function}-{fixture_name(event).removesuffix('.json')}")
    for function in HANDLERS
    for event in EVENTS
    if event.type.topic in TOPICS[function]
]
MAX_CALLS = 40


async def _ready(function: str) -> tuple[MemorySystem, Handler]:
    """A system as it is when the story's events arrive, and the function on it."""
    system = MemorySystem()
    await seed(system, players=() if function == "join" else PLAYERS)
    await seed_self_paced(system)
    system.clock.set(OPENED_FOR_ADA_MS)
    handler = HANDLERS[function](system)
    before = {"submit": [golden.ANSWER_SUBMITTED], "join": [golden.PLAYER_JOIN_REQUESTED]}
    for event in before.get(function, []):
        await handler.handle(event)
    if function == "rank":
        await HANDLERS["score"](system).handle(golden.ANSWER_ACCEPTED)
    system.publisher.events.clear()
    system.faults.calls.clear()
    return system, handler


async def _state(system: MemorySystem) -> dict[str, Any]:
    """All that can be seen of a system, and what it emitted: by id, for a repetition is the same event."""
    feed = await system.feed.state(SESSION_ID)
    by_id: dict[str, Event] = {}
    for event in system.publisher.events:
        assert by_id.setdefault(event.id, event) == event, "one id, two contents"
    return {
        "emitted": by_id,
        "session": await system.sessions.get(SESSION_ID),
        "players": await system.players.all(SESSION_ID),
        "answers": await system.answers.all(SESSION_ID),
        "scores": await system.scores.all(SESSION_ID),
        "snapshot": await system.snapshots.get(SESSION_ID),
        "board": await system.board.read(SESSION_ID, question=0),
        "feed": feed,
        "messages": None if feed is None else await system.feed.since(SESSION_ID, system.redis.epoch * 10**9),
        "openings": await system.openings.count(SELF_PACED_ID, ADA.id),
        "lobby": await system.feed.lobby_take(SESSION_ID),
        "claim": await system.board.claim(SESSION_ID, event_id="afterwards", shown=Shown(removed=0, held=False)),
    }


async def _delivered(function: str, event: Event, *, times: int = 1) -> dict[str, Any]:
    system, handler = await _ready(function)
    for _ in range(times):
        await handler.handle(event)
    return await _state(system)


@pytest.mark.parametrize(("function", "event"), CASES)
async def test_event_delivered_three_times_is_as_once(function: str, event: Event) -> None:
    """At least once is the only promise of a source."""
    assert await _delivered(function, event, times=3) == await _delivered(function, event)


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize(("function", "event"), CASES)
async def test_crash_at_any_call_is_made_good_by_the_redelivery(function: str, event: Event, when: When) -> None:
    """For every call that the handler makes: it fails there, says so, and the same event again sets all right."""
    expected = await _delivered(function, event)
    system, handler = await _ready(function)
    await handler.handle(event)
    calls = len(system.faults.calls)
    assert calls < MAX_CALLS
    for number in range(1, calls + 1):
        system, handler = await _ready(function)
        system.faults.fail_call(number, when)
        with pytest.raises(TransientFailure):
            await handler.handle(event)
        await handler.handle(event)
        assert await _state(system) == expected, f"call {number} ({system.faults.calls[number - 1]})"


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize(("function", "event"), CASES)
async def test_crash_at_any_call_of_the_redelivery_too_is_made_good(
    function: str, event: Event, when: When
) -> None:
    """Two crashes in a row, at every pair of places."""
    expected = await _delivered(function, event)
    system, handler = await _ready(function)
    await handler.handle(event)
    calls = len(system.faults.calls)
    for first in range(1, calls + 1):
        for second in range(1, calls + 1):
            system, handler = await _ready(function)
            for number in (first, second):
                system.faults.fail_call(number, when)
                try:
                    await handler.handle(event)
                except TransientFailure:
                    continue
            system.faults.forgive()
            await handler.handle(event)
            assert await _state(system) == expected, f"calls {first} and {second}"
