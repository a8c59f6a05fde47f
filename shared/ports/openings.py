"""When a question opened for a player of a self-paced session: insert-only, so that nobody's clock starts anew."""

from typing import Protocol

from shared.domain.self_pacing import Opening


class Openings(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, opening: Opening) -> Opening:
        """Insert, majority-acknowledged, and return what is stored: an earlier opening wins, unchanged."""

    async def get(self, session_id: str, question: int, player_id: str) -> Opening | None: ...

    async def count(self, session_id: str, player_id: str) -> int:
        """How many questions have opened for the player: the last one's index plus one."""
