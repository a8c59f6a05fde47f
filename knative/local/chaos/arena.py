"""Where faults are played: a local system of its own, forwarders between its gateways and Kafka and Redis."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import aiohttp

from knative.local.arrangement import Arrangement
from knative.local.chaos.clocks import environments
from knative.local.chaos.way import Way
from knative.local.home import Home
from knative.local.play.audit import Addresses
from knative.local.play.stage import addresses_of
from knative.local.ports import free_ports
from knative.local.servers.embedded import Ports
from knative.local.system import LocalSystem, StartProgress
from knative.local.terminal import silent
from shared.client.http import open_http

GATEWAYS = 2


class Arena:
    """Within `async with`. It takes no servers from the environment: they are killed here."""

    def __init__(self, *, home: Home, progress: StartProgress, shifts_clocks: bool = False) -> None:
        kafka, mongodb, redis = free_ports(3)
        self.ways = {f"gateway-{number}": Way(redis_port=redis) for number in range(GATEWAYS)}
        self.system = LocalSystem(
            home=home,
            echo=silent,
            progress=progress,
            gateways=GATEWAYS,
            player_port=0,
            environment={"QUIZLINE_GATEWAY_HOST": "127.0.0.1"},
            arrangement=Arrangement(
                ports=Ports(kafka=kafka, mongodb=mongodb, redis=redis),
                detours={name: way.detour for name, way in self.ways.items()},
                environments=environments() if shifts_clocks else {},
            ),
        )
        self.home = home
        self._http: aiohttp.ClientSession | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with self._stack as stack:
            for way in self.ways.values():
                await stack.enter_async_context(way.kafka)
                await stack.enter_async_context(way.redis)
            await stack.enter_async_context(self.system)
            self._http = await stack.enter_async_context(open_http())
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    @property
    def http(self) -> aiohttp.ClientSession:
        assert self._http is not None, "expected an arena that is entered"
        return self._http

    @property
    def addresses(self) -> Addresses:
        return addresses_of(self.system.state)
