"""Pages of lists: `limit` and `after` of the query, and the `next` of the reply."""

from collections.abc import Mapping
from types import MappingProxyType

from gateway.api.errors import RequestFault
from shared.ports.paging import Place

DEFAULT_LIMIT = 20
MOST_LIMIT = 100
_MOST_ID = 128

PAGE_QUERY: Mapping[str, str] = MappingProxyType(
    {
        "limit": f"How many at most, 1 to {MOST_LIMIT}; {DEFAULT_LIMIT} unless said.",
        "after": "Where to go on: the `next` of the page before.",
    }
)


def limit_of(query: Mapping[str, str], *, default: int = DEFAULT_LIMIT, most: int = MOST_LIMIT) -> int:
    """Raises RequestFault."""
    return number_in(query, "limit", least=1, most=most, default=default)


def number_in(query: Mapping[str, str], name: str, *, least: int, most: int, default: int) -> int:
    """A whole number of the query. Raises RequestFault."""
    text = query.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 10) or not least <= int(text) <= most:
        raise RequestFault(422, "query_invalid", f"expected {name} from {least} to {most}, got {text[:20]!r}")
    return int(text)


def place_in(query: Mapping[str, str]) -> Place | None:
    """Where the page begins, None for the first. Raises RequestFault."""
    text = query.get("after", "")
    if not text:
        return None
    moment, found, key = text.partition("-")
    is_moment = moment.isascii() and moment.isdigit() and len(moment) <= 15
    if not (found and is_moment and 1 <= len(key) <= _MOST_ID):
        raise RequestFault(422, "query_invalid", "expected after as the next of a page, got something else")
    return Place(at_ms=int(moment), id=key)


def next_after(at_ms: int, key: str) -> str:
    """The place after an item, as a client sends it back."""
    return f"{at_ms}-{key}"
