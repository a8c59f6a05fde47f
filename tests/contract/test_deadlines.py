"""Deadlines: due ones are claimed by one, and come again until they are done."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from shared.domain.session import Command
from shared.ports.deadlines import Deadline
from tests.contract.parts import Parts

DUE_MS = 1_000_000


@pytest.fixture(autouse=True)
async def no_others(parts: Parts) -> AsyncIterator[None]:
    """Deadlines stand in one set for all sessions: begin with an empty one."""
    await parts.wipe()
    yield
    await parts.wipe()


async def test_deadline_is_claimed_from_its_moment_on(parts: Parts, session_id: str) -> None:
    """Not a millisecond earlier; with everything it said."""
    deadlines = [
        Deadline(session_id, 3, Command.CLOSE),
        Deadline(session_id, 3, None),
        Deadline(f"{session_id}|odd", 12, Command.NEXT),
    ]
    for deadline in deadlines:
        await parts.deadlines.schedule(deadline, due_ms=DUE_MS)
    assert list(await parts.deadlines.claim_due(now_ms=DUE_MS - 1)) == []
    assert set(await parts.deadlines.claim_due(now_ms=DUE_MS)) == set(deadlines)


async def test_deadline_claimed_is_hidden_for_the_lease(parts: Parts, twin: Parts, session_id: str) -> None:
    """If the claimer dies, somebody gets it when the lease is over."""
    deadline = Deadline(session_id, 3, Command.CLOSE)
    await parts.deadlines.schedule(deadline, due_ms=DUE_MS)
    assert list(await parts.deadlines.claim_due(now_ms=DUE_MS, lease_ms=500)) == [deadline]
    assert list(await twin.deadlines.claim_due(now_ms=DUE_MS + 499)) == []
    assert list(await twin.deadlines.claim_due(now_ms=DUE_MS + 500)) == [deadline]


async def test_deadline_done_does_not_come_again(parts: Parts, twin: Parts, session_id: str) -> None:
    """Done twice is done."""
    deadline = Deadline(session_id, 3, None)
    await parts.deadlines.schedule(deadline, due_ms=DUE_MS)
    await parts.deadlines.claim_due(now_ms=DUE_MS)
    await twin.deadlines.done(deadline)
    await parts.deadlines.done(deadline)
    assert list(await parts.deadlines.claim_due(now_ms=DUE_MS + 100_000)) == []


async def test_deadline_done_before_it_is_due_is_withdrawn(parts: Parts, session_id: str) -> None:
    """An announcement that was published at once is never claimed; others stay."""
    withdrawn, kept = Deadline(session_id, 3, None), Deadline(session_id, 3, Command.CLOSE)
    await parts.deadlines.schedule(withdrawn, due_ms=DUE_MS)
    await parts.deadlines.schedule(kept, due_ms=DUE_MS)
    await parts.deadlines.done(withdrawn)
    assert list(await parts.deadlines.claim_due(now_ms=DUE_MS)) == [kept]


async def test_deadline_scheduled_twice_is_one(parts: Parts, twin: Parts, session_id: str) -> None:
    """Every gateway restores deadlines after a wipe."""
    deadline = Deadline(session_id, 3, Command.CLOSE)
    await parts.deadlines.schedule(deadline, due_ms=DUE_MS)
    await twin.deadlines.schedule(deadline, due_ms=DUE_MS)
    assert list(await parts.deadlines.claim_due(now_ms=DUE_MS)) == [deadline]


async def test_deadlines_claimed_by_two_at_once_are_shared_out(parts: Parts, twin: Parts, session_id: str) -> None:
    """At most a hundred a call, the earliest first; none to both."""
    deadlines = [Deadline(session_id, version, Command.CLOSE) for version in range(250)]
    for at, deadline in enumerate(deadlines):
        await parts.deadlines.schedule(deadline, due_ms=DUE_MS + at)
    first, second = await asyncio.gather(
        parts.deadlines.claim_due(now_ms=DUE_MS + 1_000), twin.deadlines.claim_due(now_ms=DUE_MS + 1_000)
    )
    assert sorted((*first, *second), key=lambda deadline: deadline.version) == deadlines[:200]
    assert list(await parts.deadlines.claim_due(now_ms=DUE_MS + 1_000)) == deadlines[200:]
