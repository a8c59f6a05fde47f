"""What players send on its way into Kafka: answers, and requests for a question. Acknowledged only after Kafka
acknowledged it."""

from gateway.access.identity import Identity, Role
from gateway.access.tokens import refused
from gateway.sessions import emitted
from gateway.sessions.awakening import Awakening
from shared.events.payloads import AnswerSubmitted, QuestionRequested, Value
from shared.ports.clock import Clock
from shared.ports.publisher import Publisher


class AnswerDesk:
    """Judges nothing: the submit function does."""

    def __init__(self, *, publisher: Publisher, clock: Clock, awakening: Awakening) -> None:
        self._publisher = publisher
        self._clock = clock
        self._awakening = awakening

    async def submit(
        self, identity: Identity, *, answer_id: str, question: int, value: Value, traceparent: str
    ) -> None:
        """Stamp, publish, return when it cannot be lost any more. The same id again is the same event. Raises
        TransientFailure, and Refusal TOKEN_INVALID for anyone but a player."""
        if identity.role is not Role.PLAYER:
            raise refused()
        self._awakening.answered(identity.session_id)
        answer = AnswerSubmitted(
            answer_id=answer_id,
            player_id=identity.player_id,
            question=question,
            value=value,
            received_at_ms=self._clock.now_ms(),
        )
        await self._publisher.publish(
            emitted.answer_submitted(identity.session_id, answer, traceparent=traceparent)
        )

    async def request(self, identity: Identity, *, request_id: str, question: int, traceparent: str) -> None:
        """A player of a self-paced session wants a question. As submit."""
        if identity.role is not Role.PLAYER:
            raise refused()
        self._awakening.expected(identity.session_id)
        request = QuestionRequested(
            request_id=request_id,
            player_id=identity.player_id,
            question=question,
            received_at_ms=self._clock.now_ms(),
        )
        await self._publisher.publish(
            emitted.question_requested(identity.session_id, request, traceparent=traceparent)
        )
