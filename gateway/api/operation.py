"""One row of the route table: how a request becomes a call of a handler, and what /openapi.json says of it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import msgspec
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from gateway.access.identity import Identity, Role
from gateway.access.machine import is_from_machine
from gateway.access.tokens import Tokens, author_refused, refused
from gateway.api.context import traceparent_of
from gateway.api.errors import RequestFault, response_to
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.ports.limits import Limits

MOST_BODY_BYTES = 64 * 1_024
JSON = "application/json"
# Whoever takes longer over a download is holding a place that others wait for.
DOWNLOAD_WITHIN_S = 600.0

logger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """`uses` within `per_ms` for each address. Generous: a whole school may share one address."""

    uses: int
    per_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that has been checked: its body decoded, its token's identity (if the operation asks for one).

    `body`: of an operation with `takes`, the bytes as they came.
    """

    path: Mapping[str, Any]
    query: Mapping[str, str]
    body: Any
    identity: Identity | None
    address: str
    from_machine: bool
    traceparent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """A file, sent while it is made."""

    media_type: str
    pieces: AsyncGenerator[bytes, None]
    file_name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """`body`: what is encoded as JSON, or a Streamed; None for an empty one."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`replies`: the type of each status's body, NoneType for none. `token`: whose bearer token is asked for, None
    if nobody's; all but an author's must be of the session in the path.

    `gives`: the media type of the replies; one that is not JSON is a file. `takes`: the media type of a body that
    the handler reads itself. `query`: what each parameter of the query means.
    """

    name: str
    method: str
    path: str
    summary: str
    handler: Handler
    replies: Mapping[int, type]
    errors: tuple[int, ...] = ()
    body: type | None = None
    takes: str | None = None
    gives: str = JSON
    query: Mapping[str, str] = field(default_factory=dict)
    most_body_bytes: int = MOST_BODY_BYTES
    token: Role | None = None
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
            return _response(reply)

        return Route(self.path, endpoint, methods=[self.method], name=self.name)

    async def _call(
        self, request: Request, decoder: msgspec.json.Decoder[Any] | None, tokens: Tokens, limits: Limits
    ) -> Call:
        address = request.client.host if request.client is not None else ""
        await self._check_limit(address, limits)
        return Call(
            path=request.path_params,
            query=request.query_params,
            identity=self._identity(request, tokens),
            body=await self._body(request, decoder),
            address=address,
            from_machine=is_from_machine(request),
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
        try:
            identity = tokens.identity_of(token) if scheme.lower() == "bearer" else None
        except Refusal:
            identity = None
        if self.token is Role.AUTHOR:
            if identity is None or identity.role is not Role.AUTHOR:
                raise author_refused()
            return identity
        session_id = request.path_params.get("session_id")
        if identity is None or (identity.role, identity.session_id) != (self.token, session_id):
            raise refused()
        return identity

    async def _body(self, request: Request, decoder: msgspec.json.Decoder[Any] | None) -> Any:
        if self.takes is not None:
            return await self._read(request)
        return None if decoder is None else _decoded(decoder, await self._read(request))

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


class _Download(StreamingResponse):
    """Cut off when it takes too long; a cut download lacks its end, so no client takes it for whole."""

    def __init__(self, file: Streamed, status: int, headers: dict[str, str]) -> None:
        super().__init__(file.pieces, status, headers, media_type=file.media_type)
        self._pieces = file.pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(DOWNLOAD_WITHIN_S):
                await super().__call__(scope, receive, send)
        finally:
            await self._pieces.aclose()  # at once, not when it is collected: it may hold a process


def _response(reply: Reply) -> Response:
    if reply.body is None:
        return Response(status_code=reply.status, headers=dict(reply.headers))
    if not isinstance(reply.body, Streamed):
        content = msgspec.json.encode(reply.body)
        return Response(content, reply.status, dict(reply.headers), media_type=JSON)
    file = reply.body
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.file_name)}", **reply.headers}
    return _Download(file, reply.status, headers)


def _decoded(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise RequestFault(422, "body_invalid", str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestFault(400, "body_invalid", f"expected a JSON body: {error}") from error
