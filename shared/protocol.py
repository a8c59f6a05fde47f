"""The WebSocket protocol: closed unions of messages, one parser. docs/protocol.md explains it.

Feed messages (`session`, `leaderboard`, `lobby`) carry `seq`, one higher each; all others carry none. A client
that sees a gap reconnects with its last number and gets the exact missing messages or one `snapshot`.
"""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from shared.domain.reactions import Reaction
from shared.events.feed_bodies import Lobby, OutcomeBody, QuestionBody, ResultBody
from shared.events.payloads import Index, LeaderboardUpdated, SessionChanged, Value

MAX_FRAME_BYTES = 4_096
ClientId = Annotated[str, Meta(min_length=1, max_length=64)]


class Message(Struct, frozen=True, kw_only=True, tag_field="type", tag=str.lower):
    """A client's message. Unknown fields are ignored, an unknown type is an error."""


class Hello(Message, frozen=True, kw_only=True):
    """First of all. A player's or host's `token`, or a session's `code` to watch; `last_seq` to resume."""

    token: Annotated[str, Meta(max_length=2_048)] | None = None
    code: Annotated[str, Meta(max_length=32)] | None = None
    last_seq: Annotated[int, Meta(ge=0)] | None = None


class Answer(Message, frozen=True, kw_only=True):
    """An answer. Sent again with the same `id` when no `ack` came: it counts once."""

    id: ClientId
    question: Index
    value: Value


class Open(Message, frozen=True, kw_only=True):
    """In a self-paced session: the player wants `question`, whose clock starts with the first request. Answered by
    `ack`, then by `question` or `outcome` with the same id; sent again until one comes, it changes nothing."""

    id: ClientId
    question: Index


class Ping(Message, frozen=True, kw_only=True):
    """Asks for a `pong`; `id` comes back in it."""

    id: ClientId = "-"


class React(Message, frozen=True, kw_only=True):
    """What a player feels about what is shown, where the session's settings allow it and no question is open. Not
    kept, not answered: of several within half a second one counts, and it may get lost."""

    reaction: Reaction


ClientMessage = Hello | Answer | Open | React | Ping


class Sent(Struct, frozen=True, kw_only=True, tag_field="type", tag=str.lower):
    """The base of the server's own messages. OutcomeBody and the feed's bodies come from broadcast as they are."""


class Me(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A player's own place. `question`, `gained`, `correct`, `streak`: the result of the session's present
    question, there once it is scored and not held back. `answered`: the last question that an answer of the
    player's was accepted for. `ahead`: how many points the next better player has more. `opened`: in a self-paced
    session, how many questions have opened for the player (in a snapshot only)."""

    player_id: str
    nickname: str
    rank: int | None = None
    points: int = 0
    total_ms: int = 0
    answered: int | None = None
    question: int | None = None
    gained: int | None = None
    correct: bool | None = None
    streak: int | None = None
    ahead: int | None = None
    team: int | None = None
    opened: int | None = None


class Snapshot(Sent, frozen=True, kw_only=True):
    """Everything a client needs to show, as of `seq`. Comes after `hello`, and instead of a gap."""

    seq: int
    server_time_ms: int
    code: str
    role: str
    session: SessionChanged
    leaderboard: LeaderboardUpdated
    lobby: Lobby
    me: Me | None = None


class Ack(Sent, frozen=True, kw_only=True):
    """The answer, or the request, `id` is in Kafka: it cannot be lost any more. Its outcome follows."""

    id: str
    question: int


class SessionMessage(Sent, frozen=True, kw_only=True, tag="session"):
    """Feed: the session's public state changed. `me` for players only, when it closes a question."""

    seq: Annotated[int, Meta(ge=1)]
    session: SessionChanged
    me: Me | None = None


class LeaderboardMessage(Sent, frozen=True, kw_only=True, tag="leaderboard"):
    """Feed: one tick of the board; `me` for players only. An accepted answer shows there."""

    seq: Annotated[int, Meta(ge=1)]
    leaderboard: LeaderboardUpdated
    me: Me | None = None


class LobbyMessage(Sent, frozen=True, kw_only=True, tag="lobby"):
    """Feed: more players joined."""

    seq: Annotated[int, Meta(ge=1)]
    lobby: Lobby


class Error(Sent, frozen=True, kw_only=True):
    """The message (with `id`, if it had one) was not taken. `retry`: sending it again may help."""

    code: str
    message: str
    id: str | None = None
    retry: bool = False


class Pong(Sent, frozen=True, kw_only=True):
    """`server_time_ms` is the one clock's: a countdown ends at `closes_at_ms` of that clock."""

    id: str
    server_time_ms: int


class Reactions(Sent, frozen=True, kw_only=True):
    """To hosts and viewers: how many players reacted, and how, within half a second at one gateway. Left out for
    who falls behind, and not made up for."""

    counts: dict[Reaction, Annotated[int, Meta(ge=1)]]


FeedMessage = SessionMessage | LeaderboardMessage | LobbyMessage
ServerMessage = Snapshot | FeedMessage | Ack | OutcomeBody | QuestionBody | ResultBody | Reactions | Error | Pong


_decoder: msgspec.json.Decoder[ClientMessage] = msgspec.json.Decoder(ClientMessage)


def parse(text: str | bytes) -> ClientMessage:
    """The one parser. Raises msgspec.DecodeError (ValidationError included), saying expected and got."""
    try:
        return _decoder.decode(text)
    except RecursionError:  # a frame has room for brackets in brackets beyond the interpreter's limit
        raise msgspec.DecodeError("expected a message, got JSON nested too deeply") from None
