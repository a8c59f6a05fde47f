"""Answers over HTTP, for clients without a WebSocket."""

from msgspec import Struct

from gateway.answer_desk import AnswerDesk
from gateway.api.operation import Call, Reply
from shared.domain.errors import Refusal, RefusalCode
from shared.events.payloads import Index, Value
from shared.ports.limits import Limits
from shared.protocol import ClientId

ANSWERS_PER_MINUTE = 120


class AnswerBody(Struct, frozen=True, kw_only=True):
    """`id`: chosen by the client; the same again counts once."""

    id: ClientId
    question: Index
    value: Value


class AnswerTaken(Struct, frozen=True, kw_only=True):
    """It cannot be lost any more. Whether it counts, the player is told over the WebSocket."""

    id: str


class AnswerHandlers:
    """202 only after Kafka acknowledged."""

    def __init__(self, *, desk: AnswerDesk, limits: Limits) -> None:
        self._desk = desk
        self._limits = limits

    async def submit(self, call: Call) -> Reply:
        assert call.identity is not None  # the operation asks for a player's token
        body: AnswerBody = call.body
        player = f"answers:{call.identity.session_id}/{call.identity.player_id}"
        if not await self._limits.allow(player, limit=ANSWERS_PER_MINUTE, per_ms=60_000):
            raise Refusal(RefusalCode.RATE_LIMITED, f"expected at most {ANSWERS_PER_MINUTE} answers a minute")
        await self._desk.submit(
            call.identity,
            answer_id=body.id,
            question=body.question,
            value=body.value,
            traceparent=call.traceparent,
        )
        return Reply(202, AnswerTaken(id=body.id))
