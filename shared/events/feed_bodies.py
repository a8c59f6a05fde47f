"""What the broadcast function puts into a feed and the gateway passes on: the JSON of each message body.

The gateway prepends `seq`, and for a player's leaderboard appends `me`, without decoding the rest:
`{"seq":17,` + body[1:]. So a body is what a client sees.
"""

import msgspec
from msgspec import Struct

from shared.domain.errors import RefusalCode
from shared.events.payloads import LeaderboardUpdated, SessionChanged


class Lobby(Struct, frozen=True, kw_only=True):
    """How many players joined, and the newest nicknames, newest first."""

    players: int
    nicknames: tuple[str, ...]


class SessionBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="session"):
    """Register `session`; its version is the session's."""

    session: SessionChanged


class LeaderboardBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="leaderboard"):
    """Register `leaderboard`; its version is the board's."""

    leaderboard: LeaderboardUpdated


class LobbyBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="lobby"):
    """Register `lobby`; its version is the number of players."""

    lobby: Lobby


class OutcomeBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="outcome"):
    """To one player: the answer was refused by a rule. An accepted one shows in `me` of a leaderboard message."""

    answer_id: str
    question: int
    code: RefusalCode
    message: str


Body = SessionBody | LeaderboardBody | LobbyBody | OutcomeBody


def encode_body(body: Body) -> bytes:
    """The JSON object of a body."""
    return msgspec.json.encode(body)
