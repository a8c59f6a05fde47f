"""One WebSocket connection after another to whichever gateway answers; its user sees one unbroken feed.

Owns connecting, hello and resume, heartbeats, back-off. It refuses to judge answers: PlayerClient does.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR

import aiohttp
import msgspec

from shared.client.backoff import backoff_s
from shared.client.clock import ServerClock
from shared.client.errors import Refused
from shared.client.http import Gateways
from shared.client.messages import decode
from shared.client.signal import Signal
from shared.client.view import FeedGap, FeedView
from shared.protocol import (
    ClientMessage,
    Error,
    Hello,
    LeaderboardMessage,
    LobbyMessage,
    Ping,
    Pong,
    ServerMessage,
    SessionMessage,
    Snapshot,
)

CONNECT_TIMEOUT_S = 5.0
FIRST_WORD_TIMEOUT_S = 10.0
PING_EVERY_S = 5.0
SILENCE_TIMEOUT_S = 2 * PING_EVERY_S
CLOSE_TIMEOUT_S = 1.0
MAX_FRAME_BYTES = 1 << 20
_CLOSED = frozenset({aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED})


class ConnectionLost(Exception):
    """This connection is over; the next one is due."""


class FeedSocket:
    """`run` until cancelled. `on_message` is told every message after the view took it, `on_open` each welcome.

    `tick` is called every `tick_s` seconds of an open connection; what it returns is sent.
    """

    def __init__(
        self,
        gateways: Gateways,
        *,
        token: str | None = None,
        code: str | None = None,
        view: FeedView,
        changed: Signal,
        on_message: Callable[[ServerMessage], None],
        on_open: Callable[[], list[ClientMessage]] = list,
        tick: Callable[[], list[ClientMessage]] = list,
        tick_s: float = 1.0,
    ) -> None:
        self.clock = ServerClock()
        self.connections = 0
        self.is_open = False
        self.last_loss = ""
        self._gateways = gateways
        self._identity = (token, code)
        self._view = view
        self._changed = changed
        self._on_message = on_message
        self._on_open = on_open
        self._tick = tick
        self._tick_s = tick_s
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._heard_s = 0.0
        self._hello_s = 0.0
        self._ticked_s = 0.0
        self._asked: tuple[str, float] | None = None
        self._numbers = itertools.count(1)

    async def run(self) -> None:
        """Keep connected until cancelled. Raises Refused when the server will not have this client."""
        delays = backoff_s(self._gateways.rng)
        while True:
            opened = self.connections
            try:
                await self._connection()
            except (ConnectionLost, FeedGap, aiohttp.ClientError, OSError, TimeoutError) as loss:
                self.last_loss = str(loss) or type(loss).__name__
            if self.connections > opened:
                delays = backoff_s(self._gateways.rng)
            self._gateways.turn()
            await asyncio.sleep(next(delays))

    async def send(self, message: ClientMessage) -> bool:
        """False when there is no open connection: on_open and tick are the places to send again."""
        if self._socket is None or not self.is_open:
            return False
        try:
            await self._socket.send_str(msgspec.json.encode(message).decode())
        except (aiohttp.ClientError, OSError):
            return False
        return True

    def drop(self) -> None:
        """Break the open connection as a network does: without a word. `run` opens the next one."""
        connection = None if self._socket is None else self._socket.get_extra_info("socket")
        if connection is not None:
            with suppress(OSError):  # it has broken by itself
                connection.shutdown(SHUT_RDWR)

    async def _connection(self) -> None:
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            socket = await self._gateways.http.ws_connect(
                self._gateways.socket_url,
                max_msg_size=MAX_FRAME_BYTES,
                timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_TIMEOUT_S),
            )
        self._socket = socket
        try:
            await self._greet(socket)
            while True:
                await self._read(socket)
        finally:
            self.is_open = False
            self._socket = None
            await socket.close()

    async def _greet(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        token, code = self._identity
        self._hello_s = self._heard_s = self._ticked_s = time.monotonic()
        hello = Hello(token=token, code=code, last_seq=self._view.seq)
        await socket.send_str(msgspec.json.encode(hello).decode())
        # Its pong is the first word when the server has nothing newer than `last_seq` to tell.
        self._asked = (f"p{next(self._numbers)}", time.monotonic())
        await socket.send_str(msgspec.json.encode(Ping(id=self._asked[0])).decode())

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """One frame, or none until the next tick is due."""
        try:
            frame = await socket.receive(timeout=max(0.001, self._ticked_s + self._tick_s - time.monotonic()))
        except TimeoutError:
            frame = None
        if frame is not None:
            if frame.type in _CLOSED or frame.type is aiohttp.WSMsgType.ERROR:
                raise ConnectionLost(f"closed with code {socket.close_code}")
            self._heard_s = time.monotonic()
            message = decode(frame.data)
            if message is not None:
                await self._take(message)
        if time.monotonic() - self._ticked_s >= self._tick_s:
            await self._keep()

    async def _take(self, message: ServerMessage) -> None:
        match message:
            case Snapshot():
                self._view.apply_snapshot(message)
                self.clock.observe(
                    asked_s=self._hello_s, answered_s=self._heard_s, server_time_ms=message.server_time_ms
                )
            case SessionMessage() | LeaderboardMessage() | LobbyMessage():
                self._view.apply(message)
            case Pong():
                self._take_pong(message)
            case Error() if message.id is None and not message.retry and not self.is_open:
                raise Refused(message.code, message.message)
            case _:
                pass
        self._on_message(message)
        if not self.is_open and self._view.seq is not None and not isinstance(message, Error):
            await self._welcome()
        self._changed.notify()

    async def _welcome(self) -> None:
        self.is_open = True
        self.connections += 1
        for message in self._on_open():
            await self.send(message)

    def _take_pong(self, pong: Pong) -> None:
        if self._asked is None or self._asked[0] != pong.id:
            return
        self.clock.observe(asked_s=self._asked[1], answered_s=self._heard_s, server_time_ms=pong.server_time_ms)
        self._asked = None

    async def _keep(self) -> None:
        now_s = self._ticked_s = time.monotonic()
        if not self.is_open and now_s - self._hello_s > FIRST_WORD_TIMEOUT_S:
            raise ConnectionLost(f"no word for {FIRST_WORD_TIMEOUT_S:g} s after hello")
        if now_s - self._heard_s > SILENCE_TIMEOUT_S:
            raise ConnectionLost(f"silent for {SILENCE_TIMEOUT_S:g} s")
        if not self.is_open:
            return
        if self._asked is None or now_s - self._asked[1] >= PING_EVERY_S:
            self._asked = (f"p{next(self._numbers)}", now_s)
            await self.send(Ping(id=self._asked[0]))
        for message in self._tick():
            await self.send(message)
