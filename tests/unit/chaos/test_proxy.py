"""The forwarder between gateways and servers: holds everything while it is cut, then lets it through."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from knative.local.chaos.proxy import Proxy
from knative.local.ports import free_ports

SOON_S, NOT_S = 5.0, 0.2


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(1_000):
        writer.write(chunk)
    writer.close()


@asynccontextmanager
async def forwarded() -> AsyncIterator[Proxy]:
    """A forwarder to a server that echoes."""
    port, to_port = free_ports(2)
    async with await asyncio.start_server(_echo, "127.0.0.1", to_port), Proxy(port=port, to_port=to_port) as proxy:
        yield proxy


async def test_proxy_cut_holds_what_was_sent_and_mended_lets_it_through() -> None:
    """As a partition does: nobody hears of it, nothing is lost."""
    async with forwarded() as proxy, asyncio.timeout(SOON_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"before")
        assert await reader.readexactly(6) == b"before"
        proxy.cut()
        writer.write(b"during")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(NOT_S):
                await reader.read(1)
        proxy.mend()
        assert await reader.readexactly(6) == b"during"
        writer.close()


async def test_proxy_of_a_server_that_is_away_ends_the_connection() -> None:
    """As the server itself would."""
    port, to_port = free_ports(2)
    async with Proxy(port=port, to_port=to_port), asyncio.timeout(SOON_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.read() == b""
        writer.close()
