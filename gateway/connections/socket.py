"""uvicorn's sans-I/O WebSocket protocol, opened up: it shows itself to the application, which writes frames that
are encoded already straight to the transport. Bounded where uvicorn is not: what waits to be read, fragments,
pongs.
"""

import socket
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request

EXTENSION = "quizline.socket"

# Above the high mark a connection has fallen behind; below the low mark it has drained.
BEHIND_BYTES = 64 * 1_024
DRAINED_BYTES = 16 * 1_024
MOST_BUFFERED_BYTES = 256 * 1_024
# What the kernel may queue besides, or a stopped reader would hide megabytes behind an empty buffer of ours.
KERNEL_SEND_BYTES = 64 * 1_024
# One read from the network can hold thousands of tiny messages; an honest client has a few under way.
MOST_UNREAD = 64
MOST_FRAGMENTS = 64
# A peer that does not read cannot answer a close frame either.
CLOSE_TIMEOUT_S = 2.0


class GatewaySocket(WebSocketsSansIOProtocol):
    """One WebSocket. The application's task reads through ASGI; writes go through `write`."""

    on_drained: Callable[[], None] | None = None
    _fragments = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=BEHIND_BYTES, low=DRAINED_BYTES)
        raw = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_SEND_BYTES)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:  # only then has the base class made a scope
            self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]

    @property
    def is_writable(self) -> bool:
        """Whether a frame written now can still be sent."""
        return not (self.close_sent or self.disconnected or self.transport.is_closing())

    def buffered(self) -> int:
        """Bytes written that the kernel has not taken yet."""
        return self.transport.get_write_buffer_size()

    def write(self, frames: bytes) -> None:
        """Send whole frames. The caller has checked is_writable and buffered()."""
        self.transport.write(frames)

    def finish(self, code: int, reason: str) -> None:
        """Close, without waiting for a peer that may never read again. Idempotent."""
        if not self.is_writable:
            return
        self.conn.send_close(code, reason)
        self._flush()
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if self.read_paused:  # the peer's close reply must still be seen
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CLOSE_TIMEOUT_S, self.transport.abort)

    def forget_request(self) -> None:
        """Drop what only the handshake needed: some kilobytes a connection."""
        self.scope["headers"] = []
        del self.request

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.on_drained is not None:
            self.on_drained()

    def handle_ping(self) -> None:
        """Answer, unless the peer sends pings without reading pongs."""
        if self.buffered() > MOST_BUFFERED_BYTES:
            self.transport.abort()
            return
        super().handle_ping()

    def handle_cont(self, event: Frame) -> None:
        self._fragments += 1
        if self._fragments > MOST_FRAGMENTS:
            self._fail(CloseCode.POLICY_VIOLATION, f"expected at most {MOST_FRAGMENTS} fragments")
            return
        super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        self._fragments = 0
        if self.queue.qsize() >= MOST_UNREAD:
            self._fail(CloseCode.POLICY_VIOLATION, "too many messages at once")
            return
        if self.curr_msg_data_type == "text" and not _is_utf8(b"".join(self.frames)):
            self._fail(CloseCode.INVALID_DATA, "expected UTF-8")
            return
        super().send_receive_event_to_app()

    def handle_parser_exception(self) -> None:
        """The base class takes for granted that a close frame could be sent: not before the handshake is done."""
        if self.conn.close_sent is None:
            self.transport.abort()
            return
        super().handle_parser_exception()

    def _fail(self, code: int, reason: str) -> None:
        self.frames = []
        if self.is_writable:
            self.conn.fail(code, reason)
            self.handle_parser_exception()

    def _flush(self) -> None:
        self.transport.write(b"".join(self.conn.data_to_send()))


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
