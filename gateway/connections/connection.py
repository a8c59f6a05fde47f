"""One client's connection: how far it is in the feed, whether it keeps up, how much it may send.

live ──(64 KiB unsent)──> behind ──(drained, one snapshot)──> live
  └────────(closed by either side, too slow, too much)────────> closed
"""

import time
from enum import Enum

from gateway.access.identity import Identity
from gateway.connections.bucket import TokenBucket
from gateway.connections.close_codes import CloseCode
from gateway.connections.socket import BEHIND_BYTES, DRAINED_BYTES, MOST_BUFFERED_BYTES, GatewaySocket


class State(Enum):
    LIVE = "live"
    BEHIND = "behind"
    CLOSED = "closed"


class Connection:
    """`seq`: the last number of the feed that this client was sent. Only the session's hub moves it."""

    __slots__ = (
        "_behind_since_s",
        "_buffered",
        "_is_closing",
        "_write",
        "bucket",
        "identity",
        "in_flight",
        "mistakes",
        "seq",
        "socket",
        "state",
    )

    def __init__(self, socket: GatewaySocket, identity: Identity) -> None:
        self.socket = socket
        # Asked for every message to every client: looked up once.
        self._write = socket.transport.write
        self._buffered = socket.transport.get_write_buffer_size
        self._is_closing = socket.transport.is_closing
        self.identity = identity
        self.state = State.LIVE
        self.seq = 0
        self.bucket = TokenBucket()
        self.mistakes = 0
        self.in_flight = 0
        self._behind_since_s = 0.0

    def can_take(self, *, after_seq: int) -> bool:
        """Whether the message after `after_seq` is this client's next, and may be written now."""
        if self.state is not State.LIVE or self._is_closing() or self.seq > after_seq:
            return False
        if self.seq < after_seq or self._buffered() > BEHIND_BYTES:
            self.fall_behind()
            return False
        return True

    def advance(self, frames: bytes, *, seq: int) -> None:
        """Send feed messages up to `seq`, or a snapshot of it."""
        self._write(frames)
        self.seq = seq

    def reply(self, frame: bytes) -> None:
        """Send something that is not of the feed. Closes a client that never reads its replies."""
        if not self.socket.is_writable:
            return
        if self.socket.buffered() > MOST_BUFFERED_BYTES:
            self.close(CloseCode.TRY_AGAIN_LATER, "too slow")
            return
        self.socket.write(frame)

    def offer(self, frame: bytes) -> None:
        """Send something that a client can do without: dropped when it does not keep up."""
        if self.state is State.LIVE and self.socket.is_writable and self.socket.buffered() <= DRAINED_BYTES:
            self.socket.write(frame)

    def fall_behind(self) -> None:
        """From now on nothing of the feed, until drained: then one snapshot."""
        if self.state is State.LIVE:
            self.state = State.BEHIND
            self._behind_since_s = time.monotonic()

    def has_drained(self) -> bool:
        """Behind, and able to take a snapshot."""
        return self.state is State.BEHIND and self.socket.buffered() <= DRAINED_BYTES

    def is_too_slow(self, *, behind_at_most_s: float) -> bool:
        """Behind for too long, or with too much unsent."""
        if self.state is not State.BEHIND or not self.socket.is_writable:
            return False
        behind_s = time.monotonic() - self._behind_since_s
        return behind_s > behind_at_most_s or self.socket.buffered() > MOST_BUFFERED_BYTES

    def caught_up(self) -> None:
        """It has just been sent a snapshot."""
        if self.state is State.BEHIND:
            self.state = State.LIVE

    def close(self, code: int, reason: str) -> None:
        """Idempotent. The application's task sees the end and detaches."""
        self.state = State.CLOSED
        self.socket.finish(code, reason)
