"""Rate limits that all gateways share."""

from typing import Protocol


class Limits(Protocol):
    async def allow(self, key: str, *, limit: int, per_ms: int) -> bool:
        """Count one use of `key`; False once `limit` uses fell into the present window of `per_ms`.

        True when the store is away: a limit protects the service, it must not take it down.
        """
