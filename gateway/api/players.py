"""Joining: the request goes through the pipeline, its outcome comes back on this gateway's channel."""

import asyncio
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from gateway.access.identity import Identity, Role
from gateway.access.tokens import Tokens
from gateway.api.operation import Call, Reply
from gateway.sessions import emitted
from gateway.sessions.codes import CodeLookup
from gateway.sessions.joins import Joins, Waiter
from shared.domain.admission import nickname_of
from shared.domain.errors import Refusal
from shared.domain.identifiers import player_id
from shared.events.payloads import PlayerJoined, PlayerJoinRequested, PlayerRefused, Team
from shared.ports.clock import Clock
from shared.ports.feed import FeedReader
from shared.ports.publisher import Publisher

# Long enough for the cold start of two functions, one after the other.
OUTCOME_WITHIN_S = 5.0

RequestId = Annotated[str, Meta(min_length=16, max_length=64, pattern="^[A-Za-z0-9_-]+$")]


class JoinBody(Struct, frozen=True, kw_only=True):
    """`request_id`: random, chosen by the client; sent again, it makes the same player.

    `nickname` may be empty where Quizline gives the nicknames. `team`: index of the one picked. `device`: random,
    kept by the browser: what a ban keeps out.
    """

    nickname: Annotated[str, Meta(max_length=200)] = ""
    request_id: RequestId
    team: Team | None = None
    device: Annotated[str, Meta(max_length=64)] = ""


class PlayerAdmitted(Struct, frozen=True, kw_only=True):
    """Keep the token: it is the player. `starting_points`: what a late one begins with; they count from the first
    answer on."""

    player_id: str
    session_id: str
    nickname: str
    token: str
    team: int | None = None
    starting_points: int = 0


class JoinPending(Struct, frozen=True, kw_only=True):
    """No outcome yet: ask at `location`."""

    request_id: str
    location: str


class _Outcome(Struct):
    """PlayerJoined or PlayerRefused: the latter has a code."""

    player_id: str
    code: str | None = None


class PlayerHandlers:
    """Idempotent by request id."""

    def __init__(
        self,
        *,
        gateway_id: str,
        codes: CodeLookup,
        joins: Joins,
        feed: FeedReader,
        publisher: Publisher,
        tokens: Tokens,
        clock: Clock,
        outcome_within_s: float = OUTCOME_WITHIN_S,
    ) -> None:
        self._gateway_id = gateway_id
        self._codes = codes
        self._joins = joins
        self._feed = feed
        self._publisher = publisher
        self._tokens = tokens
        self._clock = clock
        self._outcome_within_s = outcome_within_s

    async def join(self, call: Call) -> Reply:
        body: JoinBody = call.body
        if body.nickname:
            nickname_of(
                body.nickname
            )  # a refusal that needs no pipeline; the join function decides by the same rule
        session_id = await self._codes.session_id(call.path["code"], address=call.address)
        kept = await self._kept(session_id, body.request_id)
        if kept is not None:
            return self._reply(session_id, kept, status=201)
        with self._joins.expected(body.request_id) as waiter:
            await self._publisher.publish(
                emitted.join_requested(session_id, self._request(session_id, body), traceparent=call.traceparent)
            )
            outcome = await self._outcome(session_id, body.request_id, waiter)
        if outcome is None:
            return self._pending(call.path["code"], body.request_id)
        return self._reply(session_id, outcome, status=201)

    async def ask(self, call: Call) -> Reply:
        """The place to ask after a 202."""
        request_id: str = call.path["request_id"]
        session_id = await self._codes.session_id(call.path["code"], address=call.address)
        outcome = await self._kept(session_id, request_id)
        if outcome is None:
            return self._pending(call.path["code"], request_id)
        return self._reply(session_id, outcome, status=200)

    def _request(self, session_id: str, body: JoinBody) -> PlayerJoinRequested:
        return PlayerJoinRequested(
            request_id=body.request_id,
            player_id=player_id(session_id, body.request_id),
            nickname=body.nickname,
            gateway=self._gateway_id,
            received_at_ms=self._clock.now_ms(),
            device=body.device,
            team=body.team,
        )

    async def _outcome(self, session_id: str, request_id: str, waiter: Waiter) -> bytes | None:
        """From the channel, or, where the channel lost it, from where it is kept."""
        try:
            return await asyncio.wait_for(asyncio.shield(waiter), self._outcome_within_s)
        except TimeoutError:
            return await self._kept(session_id, request_id)

    async def _kept(self, session_id: str, request_id: str) -> bytes | None:
        """An earlier outcome, unless the id was used for another session."""
        outcome = await self._feed.join_outcome(request_id)
        if outcome is None:
            return None
        known = msgspec.json.decode(outcome, type=_Outcome).player_id
        return outcome if known == player_id(session_id, request_id) else None

    def _reply(self, session_id: str, outcome: bytes, *, status: int) -> Reply:
        """Raises Refusal when that is the outcome."""
        if msgspec.json.decode(outcome, type=_Outcome).code is not None:
            refused = msgspec.json.decode(outcome, type=PlayerRefused)
            raise Refusal(refused.code, refused.message)
        joined = msgspec.json.decode(outcome, type=PlayerJoined)
        identity = Identity(
            session_id=session_id, role=Role.PLAYER, player_id=joined.player_id, nickname=joined.nickname
        )
        return Reply(
            status,
            PlayerAdmitted(
                player_id=joined.player_id,
                session_id=session_id,
                nickname=joined.nickname,
                token=self._tokens.mint(identity),
                team=joined.team,
                starting_points=joined.starting_points,
            ),
        )

    @staticmethod
    def _pending(code: str, request_id: str) -> Reply:
        location = f"/api/sessions/{code}/players/requests/{request_id}"
        pending = JoinPending(request_id=request_id, location=location)
        return Reply(202, pending, headers={"Location": location, "Retry-After": "1"})
