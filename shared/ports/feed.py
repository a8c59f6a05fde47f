"""A session's feed: numbered messages, each the newest state of one register, and the channels to gateways.

A register ("session", "leaderboard", "lobby") is absolute and versioned: a newer state replaces an older one, so
a late or repeated event changes nothing, and a snapshot is just the newest state of each register.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Register(StrEnum):
    SESSION = "session"
    LEADERBOARD = "leaderboard"
    LOBBY = "lobby"


@dataclass(frozen=True, slots=True)
class FeedMessage:
    """One message of a feed. `body` is a JSON object without `seq`: one of shared/events/feed_bodies.py."""

    session_id: str
    seq: int
    body: bytes


@dataclass(frozen=True, slots=True)
class PersonalMessage:
    """For one player: `body` is an OutcomeBody's JSON. Not numbered: a snapshot makes up for its loss."""

    session_id: str
    player_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class ReactionsMessage:
    """For who looks on and does not play: `body` is the JSON of protocol.Reactions. Nobody keeps it."""

    session_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class JoinOutcome:
    """For the gateway that waits for a join; `body` is the JSON of PlayerJoined or PlayerRefused."""

    request_id: str
    body: bytes


Relayed = FeedMessage | PersonalMessage | ReactionsMessage | JoinOutcome


@dataclass(frozen=True, slots=True)
class FeedState:
    """The last number of a feed and the newest body of each register that has one."""

    seq: int
    registers: Mapping[Register, bytes]


class FeedWriter(Protocol):
    """What the broadcast function needs. All methods raise TransientFailure when the store is away."""

    async def append(self, session_id: str, register: Register, version: int, body: bytes) -> int | None:
        """Number `body`, keep it, and publish it to each gateway that holds the session, in one step.

        None, and nothing done, when the register already has this version or a newer one.
        """

    async def send_to_player(self, session_id: str, player_id: str, body: bytes) -> None:
        """Publish to each gateway that holds the session."""

    async def send_join_outcome(self, session_id: str, gateway: str, request_id: str, body: bytes) -> None:
        """Keep the outcome for ten minutes, and publish it to the gateway that waits."""

    async def lobby_add(self, session_id: str, player_id: str, nickname: str, *, event_id: str) -> bool:
        """Add a player once; True if this event leads the lobby's next tick (as Board.apply does)."""

    async def lobby_restore(self, session_id: str, players: Sequence[tuple[str, str]]) -> None:
        """Add (player id, nickname) pairs in the order of joining, each once: after the store was emptied."""

    async def lobby_take(self, session_id: str) -> tuple[int, Sequence[str]]:
        """End the lobby's tick: how many players, and the newest nicknames, at most 50."""

    async def lobby_published(self, session_id: str, players: int) -> None:
        """The lobby of `players` is in the feed: redeliveries need not lead again."""


class FeedReader(Protocol):
    """What a gateway needs. All methods raise TransientFailure when the store is away."""

    async def state(self, session_id: str) -> FeedState | None:
        """The feed's state in one read; None when there is no feed (none yet, or wiped)."""

    async def since(self, session_id: str, seq: int) -> Sequence[FeedMessage] | None:
        """All messages after `seq`, in order; None when they are no longer all there."""

    async def join_outcome(self, request_id: str) -> bytes | None:
        """A kept outcome: the place to ask after a 202."""

    async def send_reactions(self, session_id: str, body: bytes) -> None:
        """Publish to each gateway that holds the session, this one too."""

    def relayed(self, gateway: str) -> AsyncIterator[Relayed]:
        """Messages to this gateway's channel, for ever; loses what is sent while disconnected.

        Raises TransientFailure when the connection breaks: resynchronise from `state`, then iterate anew.
        """
