"""One function as its own process: the plain functions-framework command and nothing but variables."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from shared.events.codec import attributes_of
from shared.events.event import Event

ROOT = Path(__file__).parents[3]
START_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the function answered."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class FunctionProcess:
    """`url` takes CloudEvents."""

    url: str
    http: aiohttp.ClientSession

    async def post(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """One request, whatever it holds."""
        async with self.http.post(self.url, data=body, headers=dict(headers)) as response:
            return Reply(response.status, await response.text())

    async def post_event(self, event: Event) -> Reply:
        """One event in HTTP's binary mode, as a KafkaSource delivers it."""
        import msgspec

        attributes = attributes_of(event)
        content_type = attributes.pop("datacontenttype")
        headers = {f"ce-{name}": value for name, value in attributes.items()}
        return await self.post({**headers, "content-type": content_type}, msgspec.json.encode(event.data))


@asynccontextmanager
async def running_function(name: str, environment: Mapping[str, str]) -> AsyncIterator[FunctionProcess]:
    """The function behind HTTP on a free port, until left; it must then exit by itself."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("functions-framework")
    process = await asyncio.create_subprocess_exec(
        *(str(command), "--source", f"functions/{name}/main.py", "--target", name),
        *("--signature-type", "cloudevent", "--asgi", "--host", "127.0.0.1", "--port", str(port)),
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        await _listening(port, process)
        async with aiohttp.ClientSession() as http:
            yield FunctionProcess(f"http://127.0.0.1:{port}/", http)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), START_WITHIN_S)


async def _listening(port: int, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(START_WITHIN_S):
        while True:
            assert process.returncode is None, f"expected a running function, got exit {process.returncode}"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            await writer.wait_closed()
            return
