"""The host of a play: starts, closes each question as soon as all bots have answered, goes on, to the end."""

from collections.abc import Callable
from contextlib import suppress

from knative.local.play.tally import Tally
from shared.client.host import HostedSession
from shared.domain.session import Command, Phase

JOIN_PATIENCE_S = 120.0
# How long after a question closed its outcomes may take before the host goes on: a function's restart and more.
OUTCOME_PATIENCE_S = 15.0
# The clock closes a question that bots do not finish; the phase is then seen this much later at most.
CLOCK_GRACE_S = 30.0

Announce = Callable[[str], None]


class Conductor:
    """Waits for conditions, never for a fixed time. The session's feed must wake the tally's waiters too."""

    def __init__(self, session: HostedSession, tally: Tally, *, announce: Announce) -> None:
        self._session = session
        self._tally = tally
        self._announce = announce

    async def conduct(self, questions: int) -> None:
        """Play all of the session's questions. Raises TimeoutError, Refused, Unavailable."""
        await self._tally.changed.until(self._tally.all_joined, timeout_s=JOIN_PATIENCE_S)
        self._announce(f"{self._tally.bots} players have joined")
        for question in range(questions):
            command = Command.START if question == 0 else Command.NEXT
            await self._session.advance(command, into=Phase.QUESTION_OPEN, question=question)
            await self._answered(question)
            await self._session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=question)
            await self._known(question)
        await self._session.advance(Command.NEXT, into=Phase.FINISHED)

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
