"""uvicorn, set up for the gateway: its own WebSocket protocol, and a shutdown that spreads the reconnects."""

import gc
import logging
import signal
import socket
from collections.abc import Sequence
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from gateway.app import Gateway
from gateway.connections.socket import GatewaySocket
from shared.collector import collect_rarely
from shared.protocol import MAX_FRAME_BYTES

# Above the idle time-out of common proxies, which would otherwise write into a connection just closed.
KEEP_ALIVE_S = 75
SHUTDOWN_TIMEOUT_S = 4
PING_EVERY_S = 20.0
BACKLOG = 4_096


def configuration(
    application: ASGIApp, *, host: str, port: int, trusted_proxies: Sequence[str] = ()
) -> uvicorn.Config:
    """No access log, and nothing below warnings from uvicorn: its lines show URLs and, at debug level, frames.

    Who connects from an address of `trusted_proxies` is taken for the one that X-Forwarded-For names: the last
    there that is no such proxy itself. Nobody else's word is taken; uvicorn's own variable for it is not read.
    """
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        ws=GatewaySocket,
        ws_max_size=MAX_FRAME_BYTES,
        ws_ping_interval=PING_EVERY_S,
        ws_ping_timeout=PING_EVERY_S,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_TIMEOUT_S,
    )


class GatewayServer(uvicorn.Server):
    """The first SIGTERM or SIGINT drains, a second one ends at once."""

    def __init__(self, gateway: Gateway, *, host: str, port: int, trusted_proxies: Sequence[str] = ()) -> None:
        super().__init__(configuration(gateway.application, host=host, port=port, trusted_proxies=trusted_proxies))
        self._gateway = gateway
        self._is_stopping = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Not recorded as uvicorn does, which raises the signal again at the end: a drained gateway exits 0."""
        if self._is_stopping:
            self.force_exit = sig == signal.SIGINT
        self._is_stopping = True
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        collect_rarely()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, send everybody away over a while, then what uvicorn does."""
        for server in self.servers:
            server.close()
        if not self.force_exit:
            await self._gateway.drain()
        await super().shutdown(sockets)
