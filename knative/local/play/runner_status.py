"""How many instances of each function run, as the local runner tells."""

import asyncio
import time

import aiohttp
import msgspec

POLL_S = 0.25


class FunctionStatus(msgspec.Struct):
    instances: int = 0
    dead_letters: int = 0
    cold_starts: int = 0
    peak_instances: int = 0


class RunnerState(msgspec.Struct):
    functions: dict[str, FunctionStatus]

    @property
    def are_at_zero(self) -> bool:
        return not any(function.instances for function in self.functions.values())


class RunnerStatus:
    """`state` is the last one read; None before the first."""

    def __init__(self, http: aiohttp.ClientSession, runner_url: str) -> None:
        self.state: RunnerState | None = None
        self._http = http
        self._url = runner_url.rstrip("/") + "/status"

    async def read(self) -> RunnerState | None:
        """Ask anew; the last known one when the runner is away for a moment."""
        try:
            async with self._http.get(self._url) as response:
                self.state = msgspec.json.decode(await response.read(), type=RunnerState)
        except (aiohttp.ClientError, OSError, TimeoutError, msgspec.DecodeError):
            pass
        return self.state

    async def follow(self) -> None:
        """Keep `state` fresh, for ever."""
        while True:
            await self.read()
            await asyncio.sleep(POLL_S)

    async def until_zero(self, *, timeout_s: float) -> bool:
        """Whether every function was at zero within `timeout_s` seconds."""
        give_up_s = time.monotonic() + timeout_s
        while True:
            state = await self.read()
            if state is not None and state.functions and state.are_at_zero:
                return True
            if time.monotonic() > give_up_s:
                return False
            await asyncio.sleep(POLL_S)
