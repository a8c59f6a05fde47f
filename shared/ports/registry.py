"""Which gateway holds connections of which session; who is alive."""

from collections.abc import Collection, Mapping
from typing import Protocol


class Registry(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def heartbeat(self, gateway: str, sessions: Mapping[str, int]) -> str:
        """Renew this gateway's entries: `sessions` maps each held session to its number of connections.

        Entries expire 15 s after the last heartbeat. Returns the store's epoch: another value than before means
        that the store was emptied.
        """

    async def hold(self, gateway: str, session_id: str) -> None:
        """From now on the gateway gets the session's messages. Call before reading the feed's state."""

    async def release(self, gateway: str, sessions: Collection[str]) -> None:
        """The gateway holds no connection of these sessions any more."""
