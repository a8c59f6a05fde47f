"""Joining and playing."""

import asyncio
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from shared.client.backoff import backoff_s
from shared.client.errors import Refused, Unavailable
from shared.client.http import Gateways
from shared.client.outbox import Outbox, SentAnswer
from shared.client.question_requests import QuestionRequests
from shared.client.watcher import Listener, Watcher
from shared.events.feed_bodies import OutcomeBody, QuestionBody, ResultBody
from shared.events.payloads import Value
from shared.protocol import (
    Ack,
    ClientMessage,
    Error,
    LeaderboardMessage,
    ServerMessage,
    SessionMessage,
    Snapshot,
)

# An ack takes one produce to Kafka; after this long without one the answer or its ack is taken for lost.
ACK_PATIENCE_S = 2.0
# An outcome takes the pipeline's time, and seconds where that is full; then its telling is taken for lost.
ANSWER_OUTCOME_PATIENCE_S = 10.0
# How long to ask for the outcome of one join request before requesting the same again.
OUTCOME_PATIENCE_S = 10.0


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """What a player needs to play."""

    player_id: str
    session_id: str
    nickname: str
    token: str
    team: int | None = None
    starting_points: int = 0


class _Pending(msgspec.Struct):
    location: str


async def request_join(
    gateways: Gateways,
    *,
    code: str,
    nickname: str = "",
    request_id: str = "",
    team: int | None = None,
    device: str = "",
    deadline_s: float = 60.0,
) -> Joined:
    """Join, however often that must be asked: one `request_id` makes one player.

    Raises Refused by a rule, Unavailable when there is no outcome after `deadline_s` seconds.
    """
    body = {
        "nickname": nickname,
        "request_id": request_id or secrets.token_hex(16),
        "team": team,
        "device": device,
    }
    give_up_s = time.monotonic() + deadline_s
    while time.monotonic() < give_up_s:
        reply = await gateways.call("POST", f"/api/sessions/{code}/players", body=body, deadline_s=deadline_s)
        if reply.status != 202:
            return msgspec.convert(reply.body, Joined)
        location = msgspec.convert(reply.body, _Pending).location
        joined = await _outcome(gateways, location, give_up_s=give_up_s)
        if joined is not None:
            return joined
    raise Unavailable(f"expected the outcome of a join within {deadline_s:g} s, got none")


async def _outcome(gateways: Gateways, location: str, *, give_up_s: float) -> Joined | None:
    """Ask at the place that a 202 named; None when it is time to request again."""
    patience_ends_s = min(give_up_s, time.monotonic() + OUTCOME_PATIENCE_S)
    for delay_s in backoff_s(gateways.rng, first_s=0.1, limit_s=1.0):
        await asyncio.sleep(delay_s)
        reply = await gateways.call("GET", location, deadline_s=OUTCOME_PATIENCE_S)
        if reply.status != 202:
            return msgspec.convert(reply.body, Joined)
        if time.monotonic() > patience_ends_s:
            return None
    raise AssertionError("unreachable: back-off has no end")


class PlayerClient(Watcher):
    """A player who has joined. Within `async with`; answers are kept until acknowledged or refused."""

    def __init__(self, gateways: Gateways, joined: Joined, *, listener: Listener | None = None) -> None:
        super().__init__(gateways, token=joined.token, listener=listener)
        self.joined = joined
        self.outbox = Outbox()
        self.requests = QuestionRequests()
        self.results: dict[int, ResultBody] = {}

    async def answer(
        self,
        question: int,
        *,
        choices: Sequence[int] = (),
        text: str = "",
        answer_id: str = "",
        timeout_s: float | None = None,
    ) -> SentAnswer:
        """Return once the answer is acknowledged: it cannot be lost any more. Raises Refused.

        A TimeoutError leaves it in the outbox, where it is still being sent.
        """
        sent = SentAnswer(
            id=answer_id or secrets.token_hex(16),
            question=question,
            value=Value(choices=tuple(choices), text=text),
            created_s=time.monotonic(),
        )
        self.outbox.add(sent)
        if await self._socket.send(sent.message()):
            self.outbox.mark_sent(sent, time.monotonic())
        await self.changed.until(lambda: sent.is_settled, timeout_s=timeout_s)
        if sent.refusal is not None:
            raise sent.refusal
        return sent

    async def open_question(self, question: int, *, timeout_s: float = 30.0) -> QuestionBody:
        """In a self-paced session: ask for a question until it comes. Raises Refused, TimeoutError."""
        request = self.requests.begin(question)
        give_up_s = time.monotonic() + timeout_s
        while not request.is_settled:
            left_s = give_up_s - time.monotonic()
            if left_s <= 0:
                raise TimeoutError(f"expected question {question + 1} within {timeout_s:g} s, got none")
            await self._socket.send(request.message())
            with suppress(TimeoutError):
                await self.changed.until(lambda: request.is_settled, timeout_s=min(left_s, ACK_PATIENCE_S))
        return request.opened()

    def _heard(self, message: ServerMessage) -> None:
        now_s = time.monotonic()
        match message:
            case Ack():
                self.outbox.acknowledge(message.id, now_s)
            case OutcomeBody():
                refused = Refused(message.code, message.message)
                self.outbox.refuse(message.answer_id, refused)
                self.requests.refuse(message.answer_id, refused)
            case QuestionBody():
                self.requests.settle(message)
            case ResultBody():
                self.results[message.question] = message
                self.outbox.cover(message.question, now_s)
            case Error() if message.id is not None and not message.retry:
                self.outbox.refuse(message.id, Refused(message.code, message.message))
            case LeaderboardMessage() | SessionMessage() | Snapshot():
                self._cover(now_s)
            case _:
                pass
        super()._heard(message)

    def _cover(self, now_s: float) -> None:
        """A place that counts the answer may come with the message that closes its question: the gateway puts one
        `me` into the last of several messages that it sends at once."""
        me, board = self.view.me, self.view.leaderboard
        if me is not None and me.question is not None and me.gained is not None:
            self.outbox.cover(me.question, now_s)
        elif me is not None and me.answered is not None and board is not None and board.held:
            self.outbox.cover(me.answered, now_s)

    def _to_send_first(self) -> list[ClientMessage]:
        uncertain = self.outbox.uncertain(but_of=self._answered) if self._has_outcomes else []
        return self._sending(self.outbox.unsettled() + uncertain)

    def _to_send_again(self) -> list[ClientMessage]:
        now_s = time.monotonic()
        due = self.outbox.overdue(now_s, patience_s=ACK_PATIENCE_S)
        if self._has_outcomes:
            due += self.outbox.untold(now_s, patience_s=ANSWER_OUTCOME_PATIENCE_S, but_of=self._answered)
        return self._sending(due)

    @property
    def _has_outcomes(self) -> bool:
        """Not in a self-paced session: there they may come at its end only."""
        return self.view.session is not None and self.view.session.question is not None

    @property
    def _answered(self) -> int | None:
        """The question to which our answer is known to be in."""
        return None if self.view.me is None else self.view.me.answered

    def _sending(self, answers: list[SentAnswer]) -> list[ClientMessage]:
        now_s = time.monotonic()
        for answer in answers:
            self.outbox.mark_sent(answer, now_s)
        return [answer.message() for answer in answers]
