"""The host of a play: starts, closes each question as soon as all bots have answered, goes on, to the end."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import assert_never

from knative.local.play.tally import Tally
from shared.client.host import HostedSession
from shared.client.view import FeedView
from shared.domain.session import Command, Phase
from shared.domain.settings import Pacing

JOIN_PATIENCE_S = 120.0
# How long after a question closed its outcomes may take before the host goes on: a function's restart and more.
OUTCOME_PATIENCE_S = 15.0
# The clock closes a question that bots do not finish; the phase is then seen this much later at most.
CLOCK_GRACE_S = 30.0

Announce = Callable[[str], None]


class Conductor:
    """Waits for conditions, never for a fixed time. The session's feed must wake the tally's waiters too."""

    def __init__(
        self, session: HostedSession, tally: Tally, *, announce: Announce, pacing: Pacing = Pacing.HOST
    ) -> None:
        self._session = session
        self._tally = tally
        self._announce = announce
        self._pacing = pacing

    async def conduct(self, questions: int) -> None:
        """Play all of the session's questions. Raises TimeoutError, Refused, Unavailable."""
        await self._tally.changed.until(self._tally.all_joined, timeout_s=JOIN_PATIENCE_S)
        self._announce(f"{self._tally.bots} players have joined")
        match self._pacing:
            case Pacing.HOST:
                await self._drive(questions)
            case Pacing.CLOCK:
                await self._watch_the_clock(questions)
            case Pacing.PLAYER:
                await self._let_everybody_play(questions)
            case _:
                assert_never(self._pacing)

    async def _drive(self, questions: int) -> None:
        for question in range(questions):
            command = Command.START if question == 0 else Command.NEXT
            await self._session.advance(command, into=Phase.QUESTION_OPEN, question=question)
            await self._answered(question)
            await self._session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=question)
            await self._known(question)
        await self._session.advance(Command.NEXT, into=Phase.FINISHED)

    async def _watch_the_clock(self, questions: int) -> None:
        """Close each question early; the clock does the rest."""
        await self._session.advance(Command.START, into=Phase.QUESTION_OPEN, question=0)
        for question in range(questions):
            await self._session.until(partial(_has_opened, question), timeout_s=CLOCK_GRACE_S)
            await self._answered(question)
            await self._session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=question)
        await self._session.until(lambda view: view.phase is Phase.FINISHED, timeout_s=CLOCK_GRACE_S)

    async def _let_everybody_play(self, questions: int) -> None:
        """Until all have answered the last question, or its time and more has passed without any answer."""
        await self._session.advance(Command.START, into=Phase.RUNNING)
        for question in range(questions):
            with suppress(TimeoutError):
                settled = partial(self._tally.all_settled, question)
                await self._tally.changed.until(settled, timeout_s=JOIN_PATIENCE_S)
        await self._session.advance(Command.FINISH, into=Phase.FINISHED)

    async def _answered(self, question: int) -> None:
        """All have answered; or the clock was faster, and all that were answering are done."""
        view = self._session.view
        assert view.session is not None
        assert view.session.question is not None
        patience_s = view.session.question.time_limit_ms / 1000 + CLOCK_GRACE_S

        def is_over() -> bool:
            tally = self._tally
            is_open = view.open_question is not None
            return tally.all_settled(question) or (not is_open and tally.none_under_way(question))

        with suppress(TimeoutError):
            await self._tally.changed.until(is_over, timeout_s=patience_s)
        missing = self._tally.bots - self._tally.settled(question)
        if missing:
            self._announce(f"question {question + 1}: {missing} players have no acknowledged answer; going on")

    async def _known(self, question: int) -> None:
        try:
            await self._tally.changed.until(lambda: self._tally.all_known(question), timeout_s=OUTCOME_PATIENCE_S)
        except TimeoutError:
            missing = self._tally.settled(question) - self._tally.known(question)
            self._announce(f"question {question + 1}: {missing} outcomes are still to come; going on")


def _has_opened(question: int, view: FeedView) -> bool:
    asked = view.open_question
    return asked is not None and asked.index >= question
