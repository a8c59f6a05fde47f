"""`quizline up`: the whole system, until Ctrl-C or SIGTERM."""

import asyncio
import os
import socket
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import psutil

from knative.local.commands.failure import CommandRefused, failures
from knative.local.home import home_from
from knative.local.interrupt import run_until_stopped
from knative.local.state import State
from knative.local.system import EVERY_INTERFACE, LocalSystem
from knative.local.terminal import ConsoleEcho, start_progress


def up() -> None:
    """Returns when it was asked to stop and everything is down."""
    with failures():
        system = LocalSystem(
            home=home_from(),
            echo=ConsoleEcho(),
            progress=start_progress(),
            player_port=named_port(os.environ),
        )
        run_until_stopped(_stay(system), kill_now=system.kill_now)
    print("quizline | down; data are kept", flush=True)


def named_port(environment: Mapping[str, str]) -> int | None:
    """QUIZLINE_PORT, or None. Raises CommandRefused."""
    text = environment.get("QUIZLINE_PORT", "")
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise CommandRefused(f"QUIZLINE_PORT: expected a number from 1 to 65535, got {text!r}")
    return int(text)


async def _stay(system: LocalSystem) -> None:
    async with system:
        for line in _announcement(system.state):
            print(line, flush=True)
        try:
            await asyncio.Event().wait()
        finally:
            print("quizline | stopping; Ctrl-C again kills at once", flush=True)


def _announcement(state: State) -> Iterator[str]:
    yield ""
    yield "Quizline is up. Ctrl-C ends it."
    yield f"  players  {state.player_url}"
    yield f"  host     {state.host_url}"
    if os.environ.get("QUIZLINE_GATEWAY_HOST", EVERY_INTERFACE) == EVERY_INTERFACE:
        port = urlsplit(state.player_url).port
        for address in _network_addresses():
            yield f"  players on other devices  http://{address}:{port}"
    yield ""


def _network_addresses() -> Iterator[str]:
    """IPv4 addresses of this machine that other devices may reach."""
    for interfaces in psutil.net_if_addrs().values():
        for interface in interfaces:
            if interface.family == socket.AF_INET and not interface.address.startswith("127."):
                yield interface.address
