"""One row of the route table: how a request becomes a call of a handler, and what /openapi.json says of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.access.identity import Identity
from gateway.access.tokens import Tokens, refused
from gateway.api.context import traceparent_of
from gateway.api.errors import RequestFault, response_to
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.ports.limits import Limits

MOST_BODY_BYTES = 64 * 1_024

logger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """`uses` within `per_ms` for each address. Generous: a whole school may share one address."""

    uses: int
    per_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that has been checked: its body decoded, its token's identity (if the operation asks for one)."""

    path: Mapping[str, Any]
    body: Any
    identity: Identity | None
    address: str
    traceparent: str


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`replies`: the type of each status's body. `token`: what the bearer token is for, None if none is asked."""

    name: str
    method: str
    path: str
    summary: str
    handler: Handler
    replies: Mapping[int, type]
    errors: tuple[int, ...] = ()
    body: type | None = None
    most_body_bytes: int = MOST_BODY_BYTES
    token: str | None = None
    limit: Limit | None = None

    def route(self, *, tokens: Tokens, limits: Limits) -> Route:
        """The Starlette route that serves it."""
        decoder: msgspec.json.Decoder[Any] | None = None
        if self.body is not None:
            decoder = msgspec.json.Decoder(self.body)

        async def endpoint(request: Request) -> Response:
            try:
                reply = await self.handler(await self._call(request, decoder, tokens, limits))
            except (Refusal, RequestFault) as refusal:
                return response_to(refusal)
            except TransientFailure as failure:
                logger.warning("request_failed", operation=self.name, reason=str(failure))
                return response_to(failure)
            except ClientDisconnect:
                return Response(status_code=499)
            content = msgspec.json.encode(reply.body)
            return Response(content, reply.status, dict(reply.headers), media_type="application/json")

        return Route(self.path, endpoint, methods=[self.method], name=self.name)

    async def _call(
        self, request: Request, decoder: msgspec.json.Decoder[Any] | None, tokens: Tokens, limits: Limits
    ) -> Call:
        address = request.client.host if request.client is not None else ""
        await self._check_limit(address, limits)
        return Call(
            path=request.path_params,
            identity=self._identity(request, tokens),
            body=None if decoder is None else _decoded(decoder, await self._read(request)),
            address=address,
            traceparent=traceparent_of(request),
        )

    async def _check_limit(self, address: str, limits: Limits) -> None:
        if self.limit is None:
            return
        key = f"{self.name}:{address}"
        if not await limits.allow(key, limit=self.limit.uses, per_ms=self.limit.per_ms):
            raise Refusal(RefusalCode.RATE_LIMITED, f"expected at most {self.limit.uses} requests of this kind")

    def _identity(self, request: Request, tokens: Tokens) -> Identity | None:
        if self.token is None:
            return None
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise refused()
        identity = tokens.identity_of(token)
        if identity.role.value != self.token or identity.session_id != request.path_params.get("session_id"):
            raise refused()
        return identity

    async def _read(self, request: Request) -> bytes:
        chunks, size = [], 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > self.most_body_bytes:
                raise RequestFault(
                    413, "body_too_large", f"expected at most {self.most_body_bytes} bytes, got more"
                )
            chunks.append(chunk)
        return b"".join(chunks)


def _decoded(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise RequestFault(422, "body_invalid", str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestFault(400, "body_invalid", f"expected a JSON body: {error}") from error
