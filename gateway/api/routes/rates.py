"""Limits that rows share: per address and minute, generous, because a whole school may share one address."""

from gateway.api.operation import Limit

_A_MINUTE_MS = 60_000


def a_minute(uses: int) -> Limit:
    """So many uses from one address."""
    return Limit(uses, _A_MINUTE_MS)
