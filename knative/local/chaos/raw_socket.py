"""A WebSocket client down at the bytes: it can send what no library would, stop reading, or read slowly."""

import asyncio
import base64
import json
import os
import socket
import struct
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
DEADLINE_S = 10.0


class HandshakeRefused(Exception):
    """The message is what came instead of a 101."""


@dataclass(slots=True)
class RawSocket:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, payload: bytes, *, opcode: int = TEXT, fin: bool = True, masked: bool = True) -> None:
        self.writer.write(frame(payload, opcode=opcode, fin=fin, masked=masked))
        await self.writer.drain()

    async def hello(self, **fields: Any) -> None:
        await self.send(json.dumps({"type": "hello", **fields}).encode())

    async def frame(self) -> tuple[int, bytes]:
        """Opcode and payload of the next frame."""
        async with asyncio.timeout(DEADLINE_S):
            first, second = await self.reader.readexactly(2)
            length = second & 127
            if length == 126:
                (length,) = struct.unpack("!H", await self.reader.readexactly(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
            return first & 15, await self.reader.readexactly(length)

    async def message(self) -> dict[str, Any]:
        opcode, payload = await self.frame()
        if opcode != TEXT:
            raise AssertionError(f"expected text, got opcode {opcode}: {payload!r}")
        message: dict[str, Any] = json.loads(payload)
        return message

    async def close_code(self) -> int | None:
        """Read to the end; None when the connection just broke."""
        try:
            while True:
                opcode, payload = await self.frame()
                if opcode == CLOSE:
                    return int.from_bytes(payload[:2], "big")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    def close(self) -> None:
        self.writer.transport.abort()


def frame(payload: bytes, *, opcode: int = TEXT, fin: bool = True, masked: bool = True) -> bytes:
    """One frame, with a mask of zeros."""
    mask_bit = 128 if masked else 0
    first = (128 if fin else 0) | opcode
    if len(payload) < 126:
        header = bytes((first, mask_bit | len(payload)))
    elif len(payload) < 1 << 16:
        header = struct.pack("!BBH", first, mask_bit | 126, len(payload))
    else:
        header = struct.pack("!BBQ", first, mask_bit | 127, len(payload))
    return header + (bytes(4) if masked else b"") + payload


async def raw_socket(url: str, *, receive_buffer: int | None = None, source: str = "") -> RawSocket:
    """Connected, handshake done. A small `receive_buffer` makes a client that stops reading felt soon.

    `source`: the address to come from.

    Raises HandshakeRefused, OSError.
    """
    address = urlsplit(url)
    raw = socket.socket()
    raw.setblocking(False)
    if receive_buffer is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    try:
        if source:
            raw.bind((source, 0))
        await asyncio.get_running_loop().sock_connect(raw, (address.hostname, address.port))
    except BaseException:
        raw.close()
        raise
    # A reader that holds little: bytes it has taken would hide from the server that nobody reads them.
    reader, writer = await asyncio.open_connection(sock=raw, limit=1_024)
    try:
        await _shake_hands(reader, writer, host=address.netloc)
    except BaseException:
        writer.transport.abort()
        raise
    return RawSocket(reader, writer)


async def _shake_hands(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, host: str) -> None:
    writer.write(
        f"GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 101 " not in head:
        raise HandshakeRefused(f"expected a handshake, got {head[:200]!r}")
