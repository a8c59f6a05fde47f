"""Choosing ports that stay ours across a part's restarts.

A port from the kernel's ephemeral range will not do: while a killed server is away, any client's outgoing
connection may be given its port, even a client that reconnects to it (TCP then connects the socket to itself),
and the server cannot come back. So ports are drawn below that range.
"""

import contextlib
import random
import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_EPHEMERAL_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 10_240
_ATTEMPTS = 200


class NoFreePortError(Exception):
    """No port could be bound; the message says which were tried."""


def free_ports(count: int, *, host: str = "127.0.0.1") -> list[int]:
    """Distinct ports of `host` that nobody listened on a moment ago."""
    chosen: list[int] = []
    highest = _ephemeral_start() - 1
    for _ in range(_ATTEMPTS):
        if len(chosen) == count:
            return chosen
        port = random.randint(_LOWEST, highest)
        if port not in chosen and is_free(port, host=host):
            chosen.append(port)
    raise NoFreePortError(f"expected {count} free ports on {host} from {_LOWEST} to {highest}, got {len(chosen)}")


def first_free_port(start: int, *, host: str) -> int:
    """`start` itself, or the next one up that is free."""
    for port in range(start, min(start + _ATTEMPTS, 65_536)):
        if is_free(port, host=host):
            return port
    raise NoFreePortError(f"expected a free port on {host} from {start} on, got none in {_ATTEMPTS}")


def is_free(port: int, *, host: str) -> bool:
    """Whether a server could listen there now. SO_REUSEADDR, as servers set it: TIME_WAIT does not count."""
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@contextmanager
def held(addresses: Iterable[tuple[str, int]]) -> Iterator[None]:
    """Keep others from taking these (host, port) pairs until the context ends. Raises OSError for a taken one."""
    with ExitStack() as stack:
        for host, port in addresses:
            holder = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind((host, port))
            holder.listen(1)
        yield


def _ephemeral_start() -> int:
    try:
        return int(_EPHEMERAL_RANGE.read_text().split()[0])
    except (OSError, ValueError):
        return 32_768  # Linux's default; macOS and IANA start later still
