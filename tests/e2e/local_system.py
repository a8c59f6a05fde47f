"""The local system as a target: parts are processes of this machine."""

import dataclasses
import os
import signal

import aiohttp
import msgspec
import psutil

from knative.local.play.audit import Addresses
from knative.local.play.runner_status import RunnerState
from tests.e2e.running_system import RunningSystem
from tests.e2e.system import FUNCTIONS, GATEWAY, Receiver, until

BACK_WITHIN_S = 60.0
STARTED_WITHIN_S = 30.0


class LocalTarget:
    """`running` is shared with other tests: what ends here comes back."""

    def __init__(self, running: RunningSystem) -> None:
        self.running = running

    @property
    def addresses(self) -> Addresses:
        """Without the runner's: tests count instances themselves."""
        return dataclasses.replace(self.running.addresses, runner_url=None)

    @property
    def redis_url(self) -> str:
        return self.running.state.redis

    def receiver(self, function: str) -> Receiver:
        return Receiver(url=f"{self.running.state.runner_url}/functions/{function}")

    async def instances(self) -> dict[str, int]:
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{self.running.state.runner_url}/status") as response,
        ):
            state = msgspec.json.decode(await response.read(), type=RunnerState)
        return {name: state.functions[name].instances for name in FUNCTIONS}

    async def kill(self, kind: str) -> None:
        if kind == GATEWAY:
            self.running.kill("gateway-0")
            return
        for process in await self._processes(kind):
            process.kill()

    async def rollout(self, kind: str) -> None:
        """SIGTERM to one after the other; whoever keeps it starts the next."""
        if kind == GATEWAY:
            for name in sorted(name for name in self.running.state.processes if name.startswith(GATEWAY)):
                await self._roll_gateway(name)
            return
        for process in await self._processes(kind):
            process.terminate()

    async def _processes(self, function: str) -> list[psutil.Process]:
        """Its instances, once there is one."""
        found: list[psutil.Process] = []

        async def is_there() -> bool:
            found[:] = self.running.function_processes(function)
            return bool(found)

        await until(is_there, what=f"an instance of {function}", within_s=STARTED_WITHIN_S)
        return found

    async def _roll_gateway(self, name: str) -> None:
        number = int(name.rpartition("-")[2])
        url = self.running.state.gateway_urls[number]
        former = self.running.state.processes[name]
        os.kill(former, signal.SIGTERM)

        async def is_replaced() -> bool:
            present = self.running.state.processes.get(name, former)
            return present != former and await _is_ready(url)

        await until(is_replaced, what=f"{name} to be replaced", within_s=BACK_WITHIN_S)


async def _is_ready(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as http, http.get(f"{url}/readyz") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False
