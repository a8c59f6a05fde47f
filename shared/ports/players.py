"""Players of sessions."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.player import Player


class Players(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, player: Player) -> Player | None:
        """Insert, and return the stored player: an earlier one with the same id wins, unchanged.

        None when another player of the session holds the nickname (compared by admission.nickname_key).
        """

    async def get(self, session_id: str, player_id: str) -> Player | None: ...

    async def count(self, session_id: str) -> int: ...

    async def all(self, session_id: str) -> Sequence[Player]:
        """In the order of joining."""
