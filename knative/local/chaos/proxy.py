"""A TCP forwarder that can be cut: while it is, bytes stop on their way and nobody is told, as if a cable was out.

In the asyncio loop of the chaos run. It waits with what it holds, so that a cut fills the sender's buffers.
"""

import asyncio
from contextlib import AsyncExitStack, suppress
from types import TracebackType
from typing import Self

CHUNK = 65_536
_CONNECT_PAUSE_S = 0.05


class Proxy:
    """Listens on `port`, forwards to `to_port`, both on `host`. Within `async with`."""

    def __init__(self, *, port: int, to_port: int, host: str = "127.0.0.1") -> None:
        self.port = port
        self.to_port = to_port
        self._host = host
        self._open = asyncio.Event()
        self._open.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        server = await asyncio.start_server(self._accept, self._host, self.port)
        self._stack.callback(server.close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Let nothing through."""
        self._open.clear()

    def mend(self) -> None:
        """Let through what waits, and the rest. Idempotent."""
        self._open.set()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._forward(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Both ways until either side ends. A server that is away is a connection that ends."""
        try:
            await self._open.wait()
            their_reader, their_writer = await asyncio.open_connection(self._host, self.to_port)
        except OSError:
            writer.close()
            return
        try:
            ways = [
                asyncio.create_task(self._pump(reader, their_writer)),
                asyncio.create_task(self._pump(their_reader, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        finally:
            writer.close()
            their_writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK):
                await self._open.wait()
                writer.write(chunk)
                await writer.drain()
