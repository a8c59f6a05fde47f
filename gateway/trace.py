"""W3C Trace Context at the edge: take the caller's `traceparent` or begin a trace."""

import random
import re

_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def begun() -> str:
    """A new trace, sampled. Ids are unique, not secret."""
    return f"00-{random.getrandbits(128) or 1:032x}-{random.getrandbits(64) or 1:016x}-01"


def accepted(traceparent: str | None) -> str:
    """The caller's if it is well formed, else a new one."""
    if traceparent is not None and _TRACEPARENT.fullmatch(traceparent):
        return traceparent
    return begun()
