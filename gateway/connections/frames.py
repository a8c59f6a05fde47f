"""WebSocket frames as bytes (RFC 6455, 5.2): final, text, unmasked. Encoded once, sent to many."""

import struct

_FINAL_TEXT = 0x81
_16_BITS = struct.Struct("!BBH")
_64_BITS = struct.Struct("!BBQ")


def header(length: int) -> bytes:
    """The header of a text frame of `length` bytes."""
    if length < 126:
        return bytes((_FINAL_TEXT, length))
    if length < 1 << 16:
        return _16_BITS.pack(_FINAL_TEXT, 126, length)
    return _64_BITS.pack(_FINAL_TEXT, 127, length)


def text_frame(payload: bytes) -> bytes:
    """A whole frame."""
    return header(len(payload)) + payload
