"""Changes of a session's state: by the host, by the clock, and across every crash in between."""

import asyncio
import contextlib

import pytest

from gateway.sessions.control import SessionControl
from gateway.sessions.deadlines import GIVE_UP_AFTER_MS, DeadlineLoop
from shared.adapters.memory import MemorySystem, When
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.session import Command, Order, Phase
from shared.domain.settings import Pacing, Settings
from shared.events import catalog
from shared.events.payloads import SessionChanged
from shared.ports.deadlines import Deadline
from tests.story import FIRST_OPEN, LOBBY, QUIZ, SESSION_ID, seed
from tests.unit.gateway.stage import until

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def system() -> MemorySystem:
    return MemorySystem()


@pytest.fixture
def control(system: MemorySystem) -> SessionControl:
    return _control(system)


def _control(system: MemorySystem) -> SessionControl:
    return SessionControl(
        sessions=system.sessions,
        quizzes=system.quizzes,
        deadlines=system.deadlines,
        publisher=system.publisher,
        clock=system.clock,
    )


def _loop(system: MemorySystem) -> DeadlineLoop:
    return DeadlineLoop(
        deadlines=system.deadlines, sessions=system.sessions, control=_control(system), clock=system.clock
    )


def _deadlines(system: MemorySystem) -> dict[Deadline, int]:
    return system.redis.contents.deadlines


async def test_open_stores_a_lobby_and_announces_it_with_the_trace_of_its_request(
    system: MemorySystem, control: SessionControl
) -> None:
    """The event warms the pipeline; nothing is left to announce."""
    await system.quizzes.add(QUIZ)
    session = await control.open(QUIZ, Settings(), traceparent=TRACE)
    assert await system.sessions.get(session.id) == session
    assert session.phase is Phase.LOBBY
    (event,) = system.publisher.events
    assert (event.type, event.subject, event.traceparent) == (catalog.SESSION_OPENED, session.id, TRACE)
    idle_ms = session.created_at_ms + session.settings.idle_ms
    assert _deadlines(system) == {Deadline(session.id, 1, Command.CANCEL): idle_ms}


async def test_start_opens_the_first_question_and_sets_its_deadline(
    system: MemorySystem, control: SessionControl
) -> None:
    """The event shows the question without its key; the clock will close it."""
    await seed(system, session=LOBBY)
    opened = await control.execute(SESSION_ID, Order(command=Command.START), expected_version=1, traceparent=TRACE)
    (event,) = system.publisher.events
    assert event.type is catalog.QUESTION_OPENED
    assert isinstance(event.data, SessionChanged)
    assert event.data.reveal is None
    closes_at_ms = opened.timings[0].closes_at_ms
    assert _deadlines(system) == {Deadline(SESSION_ID, 2, Command.CLOSE): closes_at_ms}


async def test_a_repeated_command_is_refused_as_stale(system: MemorySystem, control: SessionControl) -> None:
    """ "Next" pressed twice opens one question."""
    await seed(system, session=LOBBY)
    await control.execute(SESSION_ID, Order(command=Command.START), expected_version=1, traceparent=TRACE)
    with pytest.raises(Refusal) as refused:
        await control.execute(SESSION_ID, Order(command=Command.START), expected_version=1, traceparent=TRACE)
    assert refused.value.code is RefusalCode.COMMAND_STALE
    assert len(system.publisher.events) == 1


async def test_a_command_at_two_gateways_at_once_happens_once(system: MemorySystem) -> None:
    """Compare-and-set decides: one change, one event, whoever made it."""
    await seed(system, session=LOBBY)
    await asyncio.gather(
        *(
            _control(system).execute(
                SESSION_ID, Order(command=Command.START), expected_version=1, traceparent=TRACE
            )
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    session = await system.sessions.get_current(SESSION_ID)
    assert session is not None
    assert (session.version, session.question) == (2, 0)
    assert len({event.id for event in system.publisher.events}) == 1


async def _calls_of_a_start() -> int:
    system = MemorySystem()
    await seed(system, session=LOBBY)
    before = len(system.faults.calls)
    await _control(system).execute(SESSION_ID, Order(command=Command.START), expected_version=1, traceparent=TRACE)
    return len(system.faults.calls) - before


@pytest.mark.parametrize("when", list(When))
async def test_a_start_that_breaks_anywhere_is_announced_in_the_end_or_never_happened(when: When) -> None:
    """Whichever call breaks, before or after its effect: a stored state is announced, and its deadline set."""
    for number in range(1, await _calls_of_a_start() + 1):
        system = MemorySystem()
        await seed(system, session=LOBBY)
        system.faults.fail_call(number, when)
        with contextlib.suppress(TransientFailure):
            await _control(system).execute(
                SESSION_ID, Order(command=Command.START), expected_version=1, traceparent=TRACE
            )
        system.clock.advance(2_001)
        loop = asyncio.create_task(_loop(system).run())
        session = await system.sessions.get_current(SESSION_ID)
        assert session is not None
        if session.version == 2:
            await until(lambda: Deadline(SESSION_ID, 2, None) not in _deadlines(system))  # noqa: B023
            assert {event.type.name for event in system.publisher.events} == {catalog.QUESTION_OPENED.name}
            assert Deadline(SESSION_ID, 2, Command.CLOSE) in _deadlines(system)
        else:
            assert system.publisher.events == []
        loop.cancel()


async def test_the_clock_closes_a_question_at_its_deadline(system: MemorySystem) -> None:
    """Whichever gateway claims it."""
    await seed(system, session=LOBBY)
    opened = await _control(system).execute(
        SESSION_ID, Order(command=Command.START), expected_version=1, traceparent=TRACE
    )
    loops = [asyncio.create_task(_loop(system).run()) for _ in range(2)]
    system.clock.set(opened.timings[0].closes_at_ms)
    await until(lambda: len(system.publisher.events) == 2)
    assert system.publisher.events[1].type is catalog.QUESTION_CLOSED
    closes_at_ms = opened.timings[0].closes_at_ms
    idle = {Deadline(SESSION_ID, 3, Command.FINISH): closes_at_ms + opened.settings.idle_ms}
    await until(lambda: _deadlines(system) == idle)
    for loop in loops:
        loop.cancel()


async def test_the_clock_paces_a_session_to_its_end(system: MemorySystem) -> None:
    """Clock pacing: after the reveal comes the next question, after the last one the end."""
    await system.quizzes.add(QUIZ)
    control = _control(system)
    session = await control.open(QUIZ, Settings(pacing=Pacing.CLOCK), traceparent=TRACE)
    loop = asyncio.create_task(_loop(system).run())
    await control.execute(session.id, Order(command=Command.START), expected_version=1, traceparent=TRACE)
    for count in range(3, 7):
        await until(lambda: bool(_deadlines(system)))
        system.clock.set(max(*_deadlines(system).values(), system.clock.now_ms()))
        await until(lambda: len(system.publisher.events) >= count)  # noqa: B023
    assert [event.type for event in system.publisher.events][-1] is catalog.SESSION_FINISHED
    loop.cancel()


async def test_a_deadline_that_is_stale_is_done_and_changes_nothing(system: MemorySystem) -> None:
    """The host closed the question first."""
    await seed(system, session=FIRST_OPEN)
    await system.deadlines.schedule(Deadline(SESSION_ID, 1, Command.START), due_ms=system.clock.now_ms())
    loop = asyncio.create_task(_loop(system).run())
    await until(lambda: _deadlines(system) == {})
    assert system.publisher.events == []
    loop.cancel()


async def test_an_announcement_whose_change_was_never_stored_is_dropped_after_a_while(
    system: MemorySystem,
) -> None:
    """Not at once: the write may still be under way."""
    await seed(system, session=LOBBY)
    await system.deadlines.schedule(Deadline(SESSION_ID, 2, None), due_ms=system.clock.now_ms())
    loop = asyncio.create_task(_loop(system).run())
    await until(lambda: "MemorySessions.get_current" in system.faults.calls)
    assert _deadlines(system) != {}
    system.clock.advance(GIVE_UP_AFTER_MS)
    await until(lambda: _deadlines(system) == {})
    assert system.publisher.events == []
    loop.cancel()


async def test_restore_schedules_what_the_clock_owes_to_unfinished_sessions(system: MemorySystem) -> None:
    """After Redis was emptied the open question still closes."""
    await seed(system, session=FIRST_OPEN)
    await _loop(system).restore()
    assert _deadlines(system) == {
        Deadline(SESSION_ID, FIRST_OPEN.version, Command.CLOSE): FIRST_OPEN.timings[0].closes_at_ms
    }


async def test_loop_without_redis_ends_as_a_passing_failure(system: MemorySystem) -> None:
    """An outage is not told as a crash, with a trace of the stack each time."""
    system.redis.go_away()
    with pytest.raises(TransientFailure, match="away"):
        await _loop(system).run()
