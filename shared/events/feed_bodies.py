"""What the broadcast function puts into a feed and the gateway passes on: the JSON of each message body.

The gateway prepends `seq`, and for a player's leaderboard appends `me`, without decoding the rest:
`{"seq":17,` + body[1:]. So a body is what a client sees.
"""

import msgspec
from msgspec import Struct

from shared.domain.errors import RefusalCode
from shared.events.payloads import LeaderboardUpdated, QuestionView, SessionChanged


class Lobby(Struct, frozen=True, kw_only=True):
    """How many players joined, and the newest nicknames, newest first."""

    players: int
    nicknames: tuple[str, ...]


class SessionBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="session"):
    """Register `session`; its version is the session's."""

    session: SessionChanged


class LeaderboardBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="leaderboard"):
    """Register `leaderboard`; its version is the board's edition."""

    leaderboard: LeaderboardUpdated


class LobbyBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="lobby"):
    """Register `lobby`; its version is the number of players."""

    lobby: Lobby


class OutcomeBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="outcome"):
    """To one player: the answer, or the request for a question, was refused by a rule. An accepted answer shows in
    `me` of a leaderboard message."""

    answer_id: str
    question: int
    code: RefusalCode
    message: str


class QuestionBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="question"):
    """To one player of a self-paced session: the question that they asked for. Ask again if it does not come."""

    request_id: str
    question: QuestionView
    answered: bool


class ResultBody(Struct, frozen=True, kw_only=True, tag_field="type", tag="result"):
    """To one player of a self-paced session with results at once. Send the answer again if it does not come."""

    answer_id: str
    question: int
    correct: bool
    points: int


Body = SessionBody | LeaderboardBody | LobbyBody | OutcomeBody | QuestionBody | ResultBody


def encode_body(body: Body) -> bytes:
    """The JSON object of a body."""
    return msgspec.json.encode(body)
