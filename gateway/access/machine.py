"""Whether a request comes from the machine that the gateway runs on."""

import ipaddress

from starlette.requests import Request

_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
# Whoever passes a request on says so; believed or not, it is not from here.
_PASSED_ON = ("x-forwarded-for", "forwarded", "via")


def is_from_machine(request: Request) -> bool:
    """By its address, by the name that was asked for (another name that leads here may be somebody's trick to
    reach this machine from a page of theirs), and because nobody passed it on.
    """
    if request.client is None or any(name in request.headers for name in _PASSED_ON):
        return False
    name = request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host", "")
    try:
        return ipaddress.ip_address(request.client.host).is_loopback and name.lower() in _NAMES
    except ValueError:
        return False
