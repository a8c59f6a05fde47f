"""What the toy function was asked, and what it is told to answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

DEADLINE_S = 30.0
POLL_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as the function got it. `attributes` without `ce-`; `pid` 0 where no toy passed it on."""

    pid: int
    host: str
    attributes: dict[str, str]
    content_type: str
    body: bytes


@dataclass(slots=True)
class Recorder:
    """`statuses` are answered in turn, the last one for ever. While `held`, requests wait."""

    statuses: list[int] = field(default_factory=lambda: [200])
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    _free: asyncio.Event = field(default_factory=asyncio.Event)

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    @property
    def ids(self) -> list[str]:
        return [request.attributes["id"] for request in self.requests]

    async def answer(self, request: web.Request) -> web.Response:
        attributes = {
            name.lower().removeprefix("ce-"): value
            for name, value in request.headers.items()
            if name.lower().startswith("ce-")
        }
        self.requests.append(
            Request(
                pid=int(request.headers.get("x-pid", "0")),
                host=request.host,
                attributes=attributes,
                content_type=request.headers.get("x-content-type", request.headers.get("content-type", "none")),
                body=await request.read(),
            )
        )
        await self._free.wait()
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return web.Response(status=status, text=f"told to say {status}")


@asynccontextmanager
async def recording() -> AsyncIterator[Recorder]:
    recorder = Recorder()
    recorder.release()
    app = web.Application()
    app.add_routes([web.post("/", recorder.answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    recorder.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield recorder
    finally:
        recorder.release()
        await runner.cleanup()


async def until(condition: Callable[[], bool], *, within_s: float = DEADLINE_S) -> None:
    """Return once `condition` holds; TimeoutError when it does not within `within_s`."""
    async with asyncio.timeout(within_s):
        while not condition():  # noqa: ASYNC110 - the condition is another process's doing
            await asyncio.sleep(POLL_S)
