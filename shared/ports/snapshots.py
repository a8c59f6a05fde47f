"""Whole leaderboards in the database, for results and for a cold start."""

from typing import Protocol

from shared.domain.ranking import Leaderboard


class Snapshots(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def put(self, session_id: str, board: Leaderboard) -> None:
        """Store unless a board of the same or a higher edition is there."""

    async def get(self, session_id: str) -> Leaderboard | None: ...
