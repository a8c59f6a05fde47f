"""Which web pages may open a WebSocket (OWASP WebSocket cheat sheet: Origin allow-list)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

Headers = Iterable[tuple[bytes, bytes]]


def is_allowed(headers: Headers, *, allowed: tuple[str, ...]) -> bool:
    """True without an Origin (not a browser), for a listed origin, and for a page of this very host."""
    named = {name.lower(): value.decode("latin-1") for name, value in headers}
    origin = named.get(b"origin")
    if origin is None:
        return True
    if origin in allowed or "*" in allowed:
        return True
    host = named.get(b"host", "")
    return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
