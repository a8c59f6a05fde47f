"""Players that cost the load's side next to nothing: WebSockets that say hello, answer, and count what they hear.

No resending, no view, no judgement: bots (knative/local/play) do that. Here only the system's CPU is of interest.
"""

import asyncio
import struct
from collections.abc import Sequence
from typing import cast
from urllib.parse import urlsplit

import msgspec

from shared.client.http import Gateways
from shared.client.player import request_join
from shared.events.payloads import Value
from shared.protocol import Answer, ClientMessage, Hello

JOINS_AT_ONCE = 40
CONNECTED_WITHIN_S = 30.0
_TICK_S = 0.005
_PING, _PONG, _CLOSE = 0x89, 0x8A, 0x88
_NO_MASK = bytes(4)  # a client must mask; with zeros the text stays as it is


class LeanPlayer(asyncio.Protocol):
    """One connection. `heard`: frames since the hello, the snapshot first."""

    def __init__(self, hello: bytes, host: str) -> None:
        self.heard = 0
        self.welcomed = asyncio.Event()
        self.lost = False
        self._hello = hello
        self._host = host
        self._data = b""
        self._upgraded = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one by duck typing alone
        lines = (
            "GET /ws HTTP/1.1",
            f"Host: {self._host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
        )
        self._transport.write("\r\n".join((*lines, "", "")).encode())

    def data_received(self, data: bytes) -> None:
        data = self._data + data
        if not self._upgraded:
            head, end, rest = data.partition(b"\r\n\r\n")
            if not end:
                self._data = head
                return
            self._upgraded, data = True, rest
            self.send(self._hello)
        self._data = self._taken(data)

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True
        self.welcomed.set()

    def send(self, text: bytes) -> None:
        """One text frame."""
        assert self._transport is not None
        length = len(text)
        head = bytes((0x81, 0x80 | length)) if length < 126 else struct.pack("!BBH", 0x81, 0x80 | 126, length)
        self._transport.write(head + _NO_MASK + text)

    def close(self) -> None:
        assert self._transport is not None
        self._transport.abort()

    def _taken(self, data: bytes) -> bytes:
        """Count whole frames; what is left of them."""
        at, end = 0, len(data)
        while end - at >= 2:
            length, body = data[at + 1], at + 2
            if length == 126:
                length, body = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                length, body = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if body + length > end:
                break
            self._heard(data[at], data[body : body + length])
            at = body + length
        return data[at:]

    def _heard(self, opcode: int, body: bytes) -> None:
        assert self._transport is not None
        if opcode == _PING:
            self._transport.write(bytes((_PONG, 0x80 | len(body))) + _NO_MASK + body)
        elif opcode != _CLOSE:
            self.heard += 1
            self.welcomed.set()


async def joined_players(gateways: Sequence[Gateways], code: str, count: int) -> list[LeanPlayer]:
    """All of them, joined and connected. Raises Refused, Unavailable, TimeoutError."""
    slots = asyncio.Semaphore(JOINS_AT_ONCE)

    async def one(number: int) -> LeanPlayer:
        async with slots:
            gateway = gateways[number % len(gateways)]
            joined = await request_join(gateway, code=code, nickname=f"Lean {number:04d}")
            return await _connected(gateway.url, Hello(token=joined.token))

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(number)) for number in range(count)]
    return [task.result() for task in tasks]


async def answer(players: Sequence[LeanPlayer], question: int, *, per_s: float) -> None:
    """Everybody's first choice, evenly spread."""
    loop = asyncio.get_running_loop()
    started_s, sent = loop.time(), 0
    while sent < len(players):
        due = min(len(players), int((loop.time() - started_s) * per_s) + 1)
        for number in range(sent, due):
            value = Value(choices=(number % 4,))
            players[number].send(
                _text(Answer(id=f"answer-{question}-{number:05d}", question=question, value=value))
            )
        sent = due
        await asyncio.sleep(_TICK_S)


async def _connected(url: str, hello: Hello) -> LeanPlayer:
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    player = LeanPlayer(_text(hello), address.netloc)
    loop = asyncio.get_running_loop()
    await loop.create_connection(lambda: player, address.hostname, address.port)
    async with asyncio.timeout(CONNECTED_WITHIN_S):
        await player.welcomed.wait()
    if player.lost:
        raise ConnectionError("expected a snapshot, got the end of the connection")
    return player


def _text(message: ClientMessage) -> bytes:
    return msgspec.json.encode(message)
