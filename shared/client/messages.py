"""What a server sends over the WebSocket, decoded. A type that this client does not know is passed over."""

import msgspec
from msgspec import Struct

from shared.client.errors import Unexpected
from shared.events.payloads import SessionChanged
from shared.protocol import (
    Ack,
    Error,
    LeaderboardView,
    LobbyView,
    Me,
    Outcome,
    Pong,
    ServerMessage,
    Snapshot,
)


class SessionMessage(ServerMessage, frozen=True, kw_only=True, tag="session"):
    """The session's public state changed. `me` for players only, when it closes a question."""

    seq: int
    session: SessionChanged
    me: Me | None = None


class LeaderboardMessage(ServerMessage, frozen=True, kw_only=True, tag="leaderboard"):
    """One tick of the board; `me` for players only."""

    seq: int
    leaderboard: LeaderboardView
    me: Me | None = None


class LobbyMessage(ServerMessage, frozen=True, kw_only=True, tag="lobby"):
    """More players joined."""

    seq: int
    lobby: LobbyView


FeedMessage = SessionMessage | LeaderboardMessage | LobbyMessage
Received = Snapshot | SessionMessage | LeaderboardMessage | LobbyMessage | Ack | Outcome | Error | Pong


class _Kind(Struct):
    type: str = ""


_KNOWN = frozenset({"snapshot", "session", "leaderboard", "lobby", "ack", "outcome", "error", "pong"})
_decoder: msgspec.json.Decoder[Received] = msgspec.json.Decoder(Received)
_kind_decoder = msgspec.json.Decoder(_Kind)


def decode(text: str | bytes) -> Received | None:
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
