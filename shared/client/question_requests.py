"""Questions that a player of a self-paced session has asked for, until they come or are refused."""

import secrets
from dataclasses import dataclass

from shared.client.errors import Refused
from shared.events.feed_bodies import QuestionBody
from shared.protocol import Open


@dataclass(slots=True, kw_only=True)
class QuestionRequest:
    """Sent again under the same id until it is settled: the server opens a question once."""

    id: str
    question: int
    reply: QuestionBody | None = None
    refusal: Refused | None = None

    @property
    def is_settled(self) -> bool:
        return self.reply is not None or self.refusal is not None

    def message(self) -> Open:
        return Open(id=self.id, question=self.question)

    def opened(self) -> QuestionBody:
        """The question, once settled. Raises Refused."""
        if self.reply is None:
            assert self.refusal is not None
            raise self.refusal
        return self.reply


class QuestionRequests:
    """The requests under way, by id. A settled one is forgotten here; its caller has it."""

    def __init__(self) -> None:
        self._open: dict[str, QuestionRequest] = {}

    def begin(self, question: int) -> QuestionRequest:
        request = QuestionRequest(id=secrets.token_hex(16), question=question)
        self._open[request.id] = request
        return request

    def settle(self, reply: QuestionBody) -> None:
        request = self._open.pop(reply.request_id, None)
        if request is not None:
            request.reply = reply

    def refuse(self, request_id: str, refusal: Refused) -> None:
        request = self._open.pop(request_id, None)
        if request is not None:
            request.refusal = refusal
