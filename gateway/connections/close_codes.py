"""Why a WebSocket was closed. docs/protocol.md tells clients what to do about each."""

from enum import IntEnum


class CloseCode(IntEnum):
    UNSUPPORTED_DATA = 1003  # a binary message
    POLICY_VIOLATION = 1008  # a flood, or too many messages that are none
    SERVICE_RESTART = 1012  # this gateway is going away: connect again, to any
    TRY_AGAIN_LATER = 1013  # too slow to follow, or a part is away
    HELLO_EXPECTED = 4000  # nothing, or something else than hello, came first
    TOKEN_INVALID = 4001
    PLAYER_REMOVED = 4003  # by the host
    SESSION_UNKNOWN = 4004
    SPECTATORS_NOT_ALLOWED = 4005
