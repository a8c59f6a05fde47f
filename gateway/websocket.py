"""The WebSocket endpoint: handshake, hello, then messages until the end. Plain ASGI, one task a connection."""

import asyncio
from collections.abc import Callable, MutableMapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec
import structlog
from starlette.types import Receive, Scope, Send

from gateway.access import origin
from gateway.access.identity import Identity, Role
from gateway.access.tokens import Tokens, refused
from gateway.connections.close_codes import CloseCode
from gateway.connections.connection import Connection
from gateway.connections.frames import text_frame
from gateway.connections.socket import EXTENSION, GatewaySocket
from gateway.feed.hubs import Hubs
from gateway.inbox import Inbox, unavailable
from gateway.sessions.codes import CodeLookup
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.ports.sessions import Sessions
from shared.protocol import Error, Hello, parse

HELLO_WITHIN_S = 10.0
MOST_CONNECTIONS = 20_000
# A school behind one address is one address.
MOST_PER_ADDRESS = 10_000

_CLOSE_CODES = MappingProxyType(
    {
        RefusalCode.TOKEN_INVALID: CloseCode.TOKEN_INVALID,
        RefusalCode.RATE_LIMITED: CloseCode.TRY_AGAIN_LATER,
        RefusalCode.PLAYER_REMOVED: CloseCode.PLAYER_REMOVED,
        RefusalCode.SPECTATORS_NOT_ALLOWED: CloseCode.SPECTATORS_NOT_ALLOWED,
    }
)

logger = structlog.get_logger()
_encoder = msgspec.json.Encoder()


class WebSocketEndpoint:
    """`connections` counts the open ones, whether they have said hello or not."""

    def __init__(
        self,
        *,
        hubs: Hubs,
        inbox: Inbox,
        tokens: Tokens,
        codes: CodeLookup,
        sessions: Sessions,
        allowed_origins: tuple[str, ...],
        cut_off_from: Callable[[], Sequence[str]],
        hello_within_s: float = HELLO_WITHIN_S,
    ) -> None:
        self.connections = 0
        self.is_draining = False
        self._hubs = hubs
        self._inbox = inbox
        self._tokens = tokens
        self._codes = codes
        self._sessions = sessions
        self._allowed_origins = allowed_origins
        self._cut_off_from = cut_off_from
        self._hello_within_s = hello_within_s
        self._by_address: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = (scope.get("client") or ("",))[0]
        if not self._admits(scope, address):
            await receive()
            await send({"type": "websocket.close"})  # before the accept: HTTP 403
            return
        self.connections += 1
        self._by_address[address] = self._by_address.get(address, 0) + 1
        try:
            await receive()
            await send({"type": "websocket.accept"})
            socket: GatewaySocket = scope["extensions"][EXTENSION]
            socket.forget_request()
            await self._serve(socket, receive, address)
        finally:
            self.connections -= 1
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]

    def _admits(self, scope: Scope, address: str) -> bool:
        return (
            not self.is_draining
            and scope["path"] == "/ws"
            and self.connections < MOST_CONNECTIONS
            and self._by_address.get(address, 0) < MOST_PER_ADDRESS
            and origin.is_allowed(scope["headers"], allowed=self._allowed_origins)
        )

    async def _serve(self, socket: GatewaySocket, receive: Receive, address: str) -> None:
        hello = await self._hello(socket, receive)
        if hello is None:
            return
        try:
            self._check_not_cut_off()
            identity = await self._identified(hello, address)
            hub = await self._hubs.acquire(identity.session_id)
        except Refusal as refusal:
            _turn_away(socket, refusal)
            return
        except TransientFailure as failure:
            _postpone(socket, failure)
            return
        connection = Connection(socket, identity)
        try:
            await hub.attach(connection, last_seq=hello.last_seq)
            await self._read(connection, receive)
        except Refusal as refusal:
            _turn_away(socket, refusal)
        except TransientFailure as failure:
            _postpone(socket, failure)
        finally:
            hub.detach(connection)
            self._hubs.release(hub)

    def _check_not_cut_off(self) -> None:
        """Nobody is taken who would be sent away again (farewell.py)."""
        parts = self._cut_off_from()
        if parts:
            raise TransientFailure(f"expected every part within reach, got {', '.join(parts)} away")

    async def _hello(self, socket: GatewaySocket, receive: Receive) -> Hello | None:
        """The first message; None when the connection has been closed instead."""
        try:
            message = await asyncio.wait_for(receive(), self._hello_within_s)
        except TimeoutError:
            problem = f"expected hello within {self._hello_within_s:g} s"
            _refuse(socket, CloseCode.HELLO_EXPECTED, "hello_expected", problem)
            return None
        text = _text_of(message)
        if message["type"] == "websocket.disconnect":
            return None
        if text is None:
            socket.finish(CloseCode.UNSUPPORTED_DATA, "expected text, got binary")
            return None
        try:
            hello = parse(text)
        except msgspec.DecodeError as error:
            _refuse(socket, CloseCode.HELLO_EXPECTED, "hello_expected", f"expected hello: {error}")
            return None
        if not isinstance(hello, Hello):
            got = type(hello).__name__.lower()
            _refuse(socket, CloseCode.HELLO_EXPECTED, "hello_expected", f"expected hello first, got {got}")
            return None
        return hello

    async def _identified(self, hello: Hello, address: str) -> Identity:
        """Raises Refusal or TransientFailure."""
        if hello.token is not None:
            identity = self._tokens.identity_of(hello.token)
            if identity.role is Role.AUTHOR:  # belongs to no session
                raise refused()
            return identity
        if hello.code is None:
            raise refused()
        session_id = await self._codes.session_id(hello.code, address=address)
        session = await self._sessions.get(session_id)
        if session is not None and not session.settings.spectators:
            raise Refusal(RefusalCode.SPECTATORS_NOT_ALLOWED, "this session takes no spectators")
        return Identity(session_id=session_id, role=Role.VIEWER)

    async def _read(self, connection: Connection, receive: Receive) -> None:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            text = _text_of(message)
            if text is None:
                connection.close(CloseCode.UNSUPPORTED_DATA, "expected text, got binary")
            else:
                self._inbox.take(connection, text)


def _text_of(message: MutableMapping[str, Any]) -> str | None:
    text = message.get("text")
    return text if isinstance(text, str) else None


def _turn_away(socket: GatewaySocket, refusal: Refusal) -> None:
    close_code = _CLOSE_CODES.get(refusal.code, CloseCode.SESSION_UNKNOWN)
    _refuse(socket, close_code, refusal.code, refusal.message)


def _postpone(socket: GatewaySocket, failure: TransientFailure) -> None:
    logger.warning("connection_postponed", reason=str(failure))
    if socket.is_writable:
        socket.write(text_frame(_encoder.encode(unavailable())))
    socket.finish(CloseCode.TRY_AGAIN_LATER, "unavailable")


def _refuse(socket: GatewaySocket, close_code: CloseCode, code: str, message: str) -> None:
    """Say why, for people and programs, then close."""
    if socket.is_writable:
        socket.write(text_frame(_encoder.encode(Error(code=code, message=message))))
    socket.finish(close_code, code)
