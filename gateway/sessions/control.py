"""Changes of a session's state: the host's commands and the clock's. The only place that changes a session.

A change is stored by comparing versions, so a stale or repeated command is harmless. Before it is stored, its
announcement is scheduled as a deadline: a gateway that dies before the event is out leaves it to another.
"""

import asyncio
import secrets
import uuid

import structlog

from gateway.sessions import emitted
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.identifiers import CODE_LENGTH, session_code
from shared.domain.quiz import Quiz
from shared.domain.reasons import LocatedReason, Unfit
from shared.domain.session import Order, Session, advanced, next_deadline
from shared.domain.settings import Settings, settings_problems
from shared.ports.clock import Clock
from shared.ports.deadlines import Deadline, Deadlines
from shared.ports.publisher import Publisher
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions

# When another gateway takes over an announcement: longer than an acknowledged publication takes.
ANNOUNCE_AFTER_MS = 2_000
# How long a host waits for the announcement of a change that is already stored.
PUBLISH_TIMEOUT_S = 3.0
CODES_TRIED = 5
# A timeless command that meets another change is tried on top of it.
TIMELESS_TRIES = 5

logger = structlog.get_logger()


class SessionControl:
    """Every method may be repeated, by any gateway."""

    def __init__(
        self,
        *,
        sessions: Sessions,
        quizzes: Quizzes,
        deadlines: Deadlines,
        publisher: Publisher,
        clock: Clock,
    ) -> None:
        self._sessions = sessions
        self._quizzes = quizzes
        self._deadlines = deadlines
        self._publisher = publisher
        self._clock = clock

    async def open(self, quiz: Quiz, settings: Settings, *, owner_id: str = "", traceparent: str) -> Session:
        """A new session in its lobby, announced. Raises Refusal SETTINGS_INVALID or TransientFailure."""
        problems = [LocatedReason(question=None, reason=reason) for reason in settings_problems(settings)]
        if problems:
            raise Unfit(RefusalCode.SETTINGS_INVALID, problems, shown=len(problems))
        for _ in range(CODES_TRIED):
            session = self._new_session(quiz, settings, owner_id)
            await self._schedule_announcement(session)
            if await self._sessions.add(session):
                await self._announce_soon(session, traceparent=traceparent)
                return session
            await self._deadlines.done(_announcement(session))
        raise TransientFailure(f"expected a free code within {CODES_TRIED} tries, got none")

    async def execute(
        self, session_id: str, order: Order, *, expected_version: int | None, traceparent: str
    ) -> Session:
        """The session after `order`. `expected_version` None: whatever version stands, for timeless commands.

        Raises Refusal (SESSION_UNKNOWN, COMMAND_STALE, COMMAND_NOT_ALLOWED) or TransientFailure; after that the
        change may have been stored, and repeating is harmless.
        """
        for _ in range(TIMELESS_TRIES):
            try:
                return await self._execute(session_id, order, expected_version, traceparent)
            except Refusal as refusal:
                if expected_version is not None or refusal.code is not RefusalCode.COMMAND_STALE:
                    raise
        raise TransientFailure(f"expected to change the session within {TIMELESS_TRIES} tries")

    async def _execute(
        self, session_id: str, order: Order, expected_version: int | None, traceparent: str
    ) -> Session:
        session = await self._current(session_id)
        changed = advanced(session, order, now_ms=self._clock.now_ms(), expected_version=expected_version)
        if changed is session:
            return session
        await self._schedule_announcement(changed)
        if not await self._sessions.compare_and_set(changed):
            # The announcement stays: it may be that of whoever was faster, for the same version.
            current = await self._current(session_id)
            raise Refusal(
                RefusalCode.COMMAND_STALE,
                f"expected version {current.version} of the session, got {expected_version}",
            )
        await self._announce_soon(changed, traceparent=traceparent, before=session)
        return changed

    async def announce(self, session: Session, *, traceparent: str) -> None:
        """Publish the session's state, then see to its next deadline. Raises TransientFailure."""
        await self.schedule_next(session)
        quiz = await self._quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise TransientFailure(f"expected quiz {session.quiz_id} version {session.quiz_version}, got none")
        event = emitted.session_announced(session, quiz, now_ms=self._clock.now_ms(), traceparent=traceparent)
        await self._publisher.publish(event)
        await self._deadlines.done(_announcement(session))
        logger.info("session_announced", session_id=session.id, phase=session.phase, version=session.version)

    async def schedule_next(self, session: Session) -> None:
        """What the clock will do to this state. Raises TransientFailure."""
        due = next_deadline(session)
        if due is not None:
            due_ms, command = due
            await self._deadlines.schedule(Deadline(session.id, session.version, command), due_ms=due_ms)

    async def current(self, session_id: str) -> Session | None:
        """From the database. Raises TransientFailure."""
        return await self._sessions.get_current(session_id)

    async def _current(self, session_id: str) -> Session:
        session = await self._sessions.get_current(session_id)
        if session is None:
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected a session that exists")
        return session

    def _new_session(self, quiz: Quiz, settings: Settings, owner_id: str) -> Session:
        return Session(
            id=uuid.uuid4().hex,
            code=session_code(secrets.token_bytes(CODE_LENGTH)),
            quiz_id=quiz.id,
            quiz_version=quiz.version,
            time_limits_ms=tuple(question.time_limit_ms for question in quiz.questions),
            settings=settings,
            created_at_ms=self._clock.now_ms(),
            seed=secrets.token_hex(16),
            owner_id=owner_id,
        )

    async def _schedule_announcement(self, session: Session) -> None:
        due_ms = self._clock.now_ms() + ANNOUNCE_AFTER_MS
        await self._deadlines.schedule(_announcement(session), due_ms=due_ms)

    async def _announce_soon(self, session: Session, *, traceparent: str, before: Session | None = None) -> None:
        """The change is stored, so it has happened; if it cannot be announced now, its deadline will see to it.

        What the clock would have done to the state `before` is forgotten: stale, it would do no harm, but a
        session's end for want of a host lies hours ahead.
        """
        try:
            async with asyncio.timeout(PUBLISH_TIMEOUT_S):
                await self.announce(session, traceparent=traceparent)
                due = None if before is None else next_deadline(before)
                if before is not None and due is not None:
                    await self._deadlines.done(Deadline(before.id, before.version, due[1]))
        except (TransientFailure, TimeoutError) as failure:
            logger.warning("announcement_delayed", session_id=session.id, reason=str(failure))


def _announcement(session: Session) -> Deadline:
    return Deadline(session.id, session.version, None)
