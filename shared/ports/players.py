"""Players of sessions."""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from shared.domain.player import Player


class Taken(Enum):
    """Why a player could not be added."""

    NICKNAME = "nickname"
    SEATS = "seats"


class Players(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, player: Player, *, seats: int) -> Player | Taken:
        """Insert on a free one of `seats` seats, and return the stored player: an earlier one with the same id
        wins, unchanged. `player.seat` is ignored: the store gives one, each only once, the lowest ones first.

        Taken.NICKNAME when another player of the session holds the nickname (compared by admission.nickname_key).
        """

    async def get(self, session_id: str, player_id: str) -> Player | None: ...

    async def count(self, session_id: str) -> int: ...

    async def all(self, session_id: str) -> Sequence[Player]:
        """In the order of joining."""

    async def seated(self, session_id: str, *, after_seat: int, limit: int) -> Sequence[Player]:
        """A page of them by seat, beginning above `after_seat` (-1: with the first)."""
