"""What breaks RFC 6455 or our limits, and the close code that each deserves. Pure: bytes."""

from knative.local.chaos.raw_socket import BINARY, PING, frame
from shared.protocol import MAX_FRAME_BYTES

OFFENCES: tuple[tuple[str, bytes, int], ...] = (
    ("a message over the limit", frame(b"x" * (MAX_FRAME_BYTES + 1)), 1009),
    ("a huge message", frame(b"x" * 200_000), 1009),
    ("fragments over the limit", frame(b"x" * 3_000, fin=False) + frame(b"x" * 3_000, opcode=0), 1009),
    ("bad UTF-8", frame(b'{"type":"ping","id":"\xff"}'), 1007),
    ("bad UTF-8 over two fragments", frame(b'"\xc3', fin=False) + frame(b'"', opcode=0), 1007),
    ("an unmasked frame", frame(b"{}", masked=False), 1002),
    ("a reserved opcode", frame(b"{}", opcode=3), 1002),
    ("a continuation of nothing", frame(b"{}", opcode=0), 1002),
    ("a control frame too long", frame(b"x" * 126, opcode=PING), 1002),
    ("a binary message", frame(b"{}", opcode=BINARY), 1003),
    ("fragments without end", frame(b"", fin=False) + 100 * frame(b"", opcode=0, fin=False), 1008),
    ("more messages at once than anybody sends", 500 * frame(b'{"type":"ping"}'), 1008),
)
