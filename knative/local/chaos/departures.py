"""Spectators who do nothing but note how and when a gateway sends them away."""

import asyncio
import json
import time
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import aiohttp

SPECTATORS = 20
RESTART = 1012
_LEAST_SPREAD_S = 0.2


class Spectators:
    """On one gateway, within `async with`. `ends`: close code and moment of each who is gone."""

    def __init__(self, http: aiohttp.ClientSession, url: str, *, code: str) -> None:
        self.ends: list[tuple[int | None, float]] = []
        self._http = http
        self._url = f"{url}/ws".replace("http", "ws", 1)
        self._code = code
        self._tasks: list[asyncio.Task[None]] = []
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for _ in range(SPECTATORS):
            socket = await self._stack.enter_async_context(self._http.ws_connect(self._url, max_msg_size=0))
            await socket.send_str(json.dumps({"type": "hello", "code": self._code}))
            await socket.receive(timeout=10.0)
            self._tasks.append(asyncio.create_task(self._watch(socket)))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stack.aclose()

    @property
    def spread_s(self) -> float:
        """From the first departure to the last."""
        moments = [moment for _, moment in self.ends]
        return max(moments) - min(moments) if moments else 0.0

    async def until_gone(self, *, within_s: float) -> None:
        """Return when all are gone, or the time is over."""
        await asyncio.wait(self._tasks, timeout=within_s)

    def problems(self, name: str) -> list[str]:
        """Whoever was not sent away as a rollout should."""
        codes = {code for code, _ in self.ends}
        problems = []
        if len(self.ends) < SPECTATORS or codes != {RESTART}:
            problems.append(
                f"{name}: expected {SPECTATORS} spectators closed with {RESTART}, got {len(self.ends)} with "
                f"{', '.join(sorted(map(str, codes)))}"
            )
        if self.spread_s < _LEAST_SPREAD_S:
            problems.append(f"{name}: expected departures over some time, got all within {self.spread_s:.2f} s")
        return problems

    async def _watch(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for _ in socket:
            pass
        self.ends.append((socket.close_code, time.monotonic()))
