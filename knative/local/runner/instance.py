"""One process of a function: started with a free PORT, ready when that port opens, ended by SIGTERM, then SIGKILL.

Dies with the runner (Linux), so that a killed runner leaves nothing behind.
"""

import asyncio
import secrets
import signal
import sys
import time
from collections.abc import Callable, Mapping

import aiohttp
from yarl import URL

from knative.local.process import program_path, signal_session, spawned
from knative.local.runner.deadletter import ERROR_DATA_BYTES
from knative.local.runner.delivery import Answer, Unreachable

_PROBE_PAUSE_S = 0.01
_START_DEADLINE_S = 60.0
_LINE_BYTES = 65_536
# What it printed last is read; what somebody who outlives it holds open is not waited for.
_DRAIN_WITHIN_S = 1.0


class Instance:
    """`in_flight`, `idle` and `retiring` are kept by the revision that owns it. `ready`: requests may be sent now;
    `started`: they could at some time.
    """

    def __init__(self, *, function: str, command: list[str], environment: Mapping[str, str], port: int) -> None:
        self.name = f"{function}-{secrets.token_hex(3)[:5]}"
        self.ready = False
        self.started = False
        self.retiring = False
        self.in_flight = 0
        self.idle = asyncio.Event()
        self.idle.set()
        self._command = command
        self._environment = dict(environment)
        self._port = port
        self._url = URL(f"http://127.0.0.1:{port}/")
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    async def run(self, on_ready: Callable[[float], None]) -> int:
        """The whole life: start, call `on_ready(cold start in ms)` once the port is open, return the exit code."""
        began_s = time.monotonic()
        program = program_path(self._command[0], self._environment)
        # A session of its own: Ctrl-C is for the runner, which then ends its instances in order.
        async with spawned((program, *self._command[1:]), environment=self._environment) as (process, output):
            self._process = process
            if self.retiring:
                self._signal(signal.SIGTERM)
            return await self._followed(process, output, began_s=began_s, on_ready=on_ready)

    async def post(self, session: aiohttp.ClientSession, headers: Mapping[str, str], body: bytes) -> Answer:
        """One request. Raises Unreachable."""
        try:
            async with session.post(self._url, data=body, headers=headers, allow_redirects=False) as response:
                return Answer(response.status, await response.content.read(ERROR_DATA_BYTES))
        except (aiohttp.ClientError, OSError) as error:
            raise Unreachable(f"{self.name}: {type(error).__name__}: {error}") from error

    async def stop(self, grace_s: float) -> None:
        """SIGTERM, and SIGKILL if that did not end it within `grace_s`. Idempotent."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(grace_s):
                await self._process.wait()
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self._process.wait()

    async def _followed(
        self,
        process: asyncio.subprocess.Process,
        output: asyncio.StreamReader,
        *,
        began_s: float,
        on_ready: Callable[[float], None],
    ) -> int:
        """Until it ended, and what it left in its session with it. Somebody beyond may hold its output open."""
        try:
            async with asyncio.TaskGroup() as group:
                relay = group.create_task(self._relay(output))
                ended = group.create_task(process.wait())
                probe = group.create_task(self._opened())
                await asyncio.wait({probe, ended}, return_when=asyncio.FIRST_COMPLETED)
                if probe.done() and not probe.result():
                    self._signal(signal.SIGKILL)
                elif not ended.done():
                    self.ready = self.started = True
                    on_ready((time.monotonic() - began_s) * 1000)
                code = await ended
                self.ready = False
                probe.cancel()
                signal_session(process.pid, signal.SIGKILL)
                await asyncio.wait({relay}, timeout=_DRAIN_WITHIN_S)
                relay.cancel()
        finally:
            self._signal(signal.SIGKILL)
        return code

    async def _opened(self) -> bool:
        """Wait for the port: the manifests' TCP probe. False when it takes too long."""
        deadline_s = time.monotonic() + _START_DEADLINE_S
        while time.monotonic() < deadline_s:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(_PROBE_PAUSE_S)
            else:
                writer.close()
                return True
        return False

    async def _relay(self, output: asyncio.StreamReader) -> None:
        """Every line that it prints, with its name in front."""
        prefix, rest = f"{self.name} | ".encode(), b""
        while chunk := await output.read(_LINE_BYTES):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > _LINE_BYTES:
                lines, rest = [*lines, rest], b""
            _print(prefix, lines)
        _print(prefix, [rest] if rest else [])

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            signal_session(self._process.pid, number)

    def __call__(self, cold_start_ms: float) -> None: ...


def _print(prefix: bytes, lines: list[bytes]) -> None:
    sys.stdout.buffer.write(b"".join(prefix + line + b"\n" for line in lines))
    sys.stdout.buffer.flush()
