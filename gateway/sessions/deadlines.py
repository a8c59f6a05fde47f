"""The clock's hand: claims what is due, whoever scheduled it, and acts on it. Harmless when stale."""

import asyncio
from collections import OrderedDict

import structlog

from gateway import trace
from gateway.sessions.control import SessionControl
from shared.domain.errors import Refusal, TransientFailure
from shared.domain.session import Order, Session
from shared.ports.clock import Clock
from shared.ports.deadlines import Deadline, Deadlines
from shared.ports.sessions import Sessions

EVERY_S = 0.1
# An announcement whose state never appears in the database was of a change that was never stored. Until then the
# write may still be under way.
GIVE_UP_AFTER_MS = 30_000
MOST_REMEMBERED = 10_000
MOST_AT_ONCE = 200

logger = structlog.get_logger()


class DeadlineLoop:
    """run() never returns; several gateways run one each."""

    def __init__(self, *, deadlines: Deadlines, sessions: Sessions, control: SessionControl, clock: Clock) -> None:
        self._deadlines = deadlines
        self._sessions = sessions
        self._control = control
        self._clock = clock
        self._acting: set[Deadline] = set()
        self._premature: OrderedDict[Deadline, int] = OrderedDict()

    async def run(self) -> None:
        """Claim what is due and do it, without waiting for one to do the next. What fails comes again after its
        lease. Raises TransientFailure when nothing can be claimed."""
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    for deadline in await self._claimed():
                        group.create_task(self._act_on(deadline))
                    await asyncio.sleep(EVERY_S)
        except ExceptionGroup as failures:
            passing, crashes = failures.split(TransientFailure)
            if passing is None or crashes is not None:
                raise
            raise TransientFailure(str(passing.exceptions[0])) from failures

    async def restore(self) -> None:
        """Schedule the next deadline of every unfinished session: at start, and when Redis was emptied. Raises
        TransientFailure."""
        for session in await self._sessions.unfinished():
            await self._control.schedule_next(session)

    async def _claimed(self) -> list[Deadline]:
        """What is due and not being acted on here: a slow part outlasts the lease."""
        if len(self._acting) >= MOST_AT_ONCE:
            return []
        due = await self._deadlines.claim_due(now_ms=self._clock.now_ms())
        fresh = [deadline for deadline in due if deadline not in self._acting]
        self._acting.update(fresh)
        return fresh

    async def _act_on(self, deadline: Deadline) -> None:
        try:
            await self._act(deadline)
        except TransientFailure as failure:
            logger.warning("deadline_postponed", session_id=deadline.session_id, reason=str(failure))
        except Exception:
            logger.exception("deadline_crashed", session_id=deadline.session_id)
        finally:
            self._acting.discard(deadline)

    async def _act(self, deadline: Deadline) -> None:
        try:
            if deadline.command is None:
                await self._announce(deadline)
            else:
                await self._control.execute(
                    deadline.session_id,
                    Order(command=deadline.command),
                    expected_version=deadline.version,
                    traceparent=trace.begun(),
                )
                await self._deadlines.done(deadline)
        except Refusal:
            await self._deadlines.done(deadline)  # stale: the session has moved on

    async def _announce(self, deadline: Deadline) -> None:
        session = await self._control.current(deadline.session_id)
        if session is None or session.version < deadline.version:
            await self._wait_for_state(deadline, session)
        elif session.version == deadline.version:
            await self._control.announce(session, traceparent=trace.begun())
        else:
            await self._deadlines.done(deadline)  # a newer state has its own announcement

    async def _wait_for_state(self, deadline: Deadline, session: Session | None) -> None:
        now_ms = self._clock.now_ms()
        first_ms = self._premature.setdefault(deadline, now_ms)
        if now_ms - first_ms < GIVE_UP_AFTER_MS:
            if len(self._premature) > MOST_REMEMBERED:
                self._premature.popitem(last=False)
            return
        del self._premature[deadline]
        stored = None if session is None else session.version
        logger.warning(
            "announcement_dropped", session_id=deadline.session_id, version=deadline.version, stored=stored
        )
        await self._deadlines.done(deadline)
