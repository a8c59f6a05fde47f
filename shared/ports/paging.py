"""Lists that are read a page at a time, newest first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A list goes on after the item of this moment and id: items in between come and go, none is told twice."""

    at_ms: int
    id: str
