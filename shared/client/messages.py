"""What a server sends over the WebSocket, decoded. A type that this client does not know is passed over."""

import msgspec
from msgspec import Struct

from shared.client.errors import Unexpected
from shared.protocol import ServerMessage


class _Kind(Struct):
    type: str = ""


_KNOWN = frozenset(
    {
        "snapshot",
        "session",
        "leaderboard",
        "lobby",
        "ack",
        "outcome",
        "question",
        "result",
        "reactions",
        "error",
        "pong",
    }
)
_decoder: msgspec.json.Decoder[ServerMessage] = msgspec.json.Decoder(ServerMessage)
_kind_decoder = msgspec.json.Decoder(_Kind)


def decode(text: str | bytes) -> ServerMessage | None:
    """The message, or None for a type of a newer server. Raises Unexpected."""
    try:
        return _decoder.decode(text)
    except msgspec.DecodeError as error:
        if _is_newer(text):
            return None
        raise Unexpected(f"expected a message of the protocol: {error}") from error


def _is_newer(text: str | bytes) -> bool:
    try:
        kind = _kind_decoder.decode(text).type
    except msgspec.DecodeError:
        return False
    return kind != "" and kind not in _KNOWN
