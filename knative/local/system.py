"""The whole of Quizline on this machine: servers, topics, runner, gateways; up in this order, down in the other.

Owns the order and what the parts must know of each other. Refuses to draw: what happens is told to a `Progress`.
"""

import asyncio
import os
from collections.abc import Collection, Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Protocol, Self

import msgspec

from knative.local.arrangement import AS_USUAL, Arrangement
from knative.local.home import Home
from knative.local.parts import MANIFESTS, gateway_spec, runner_spec
from knative.local.ports import first_free_port, free_ports, held, is_free
from knative.local.process import ProcessSpec
from knative.local.process_log import Echo
from knative.local.runner.manifests import KafkaTopic, Manifests, load
from knative.local.runner.topics import ensure_topics
from knative.local.servers.embedded import Addresses, start_servers
from knative.local.state import State, exclusive, write_state
from knative.local.supervised import StartFailed
from knative.local.supervisor import Supervisor
from knative.local.values import Values, local_values, token_secret, write_values

PLAYER_PORT = 8080
_TOPICS_WITHIN_S = 60.0
EVERY_INTERFACE = "0.0.0.0"  # noqa: S104 - phones must reach the players' gateway


class PortTaken(Exception):
    """The port that was named for the players is in use."""


class StartProgress(Protocol):
    """Told what is being started, for somebody who waits. A context manager that is entered for the start."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...

    def step(self, text: str) -> None:
        """A new step began."""

    def jars(self, done: int, total: int) -> None:
        """How many of Kafka's jars are there."""


class LocalSystem:
    """An async context manager: inside it everything runs; leaving it stops everything and keeps the stores' data.

    Enter it in the thread that will live longest (the main one). Raises AlreadyRunning, PortTaken, StartFailed,
    JarError, KafkaFormatError or ManifestError.
    """

    def __init__(
        self,
        *,
        home: Home,
        echo: Echo,
        progress: StartProgress,
        gateways: int | None = None,
        player_port: int | None = None,
        environment: Mapping[str, str] = os.environ,
        arrangement: Arrangement = AS_USUAL,
    ) -> None:
        """`gateways`: how many; None for what the manifest says. `player_port`: exactly this one, 0 for any.

        Without one: 8080, or the next that is free.
        """
        self._home = home
        self._progress = progress
        self._gateways = gateways
        self._player_port = player_port
        self._environment = environment
        self._arrangement = arrangement
        self._state: State | None = None
        self._stack = AsyncExitStack()
        self._supervisor = Supervisor(logs=home.logs, echo=echo, changed=self._publish_state)

    async def __aenter__(self) -> Self:
        async with self._stack as stack:
            self._home.prepare()
            stack.enter_context(exclusive(self._home))
            await stack.enter_async_context(self._supervisor)
            with self._progress:
                await self._start()
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    @property
    def state(self) -> State:
        """Addresses and the process ids of now."""
        assert self._state is not None, "the system is not up"
        return msgspec.structs.replace(self._state, processes=self._supervisor.pids)

    async def kill(self, name: str) -> None:
        """kill -9 of one part, which then stays away until `restart`."""
        await self._supervisor.kill(name)

    async def restart(self, name: str) -> None:
        """Start it again at its address; return when it is ready."""
        await self._supervisor.restart(name)

    def kill_now(self) -> None:
        """SIGKILL to everything, for somebody who will not wait."""
        self._supervisor.kill_now()

    async def _start(self) -> None:
        manifests = load(MANIFESTS)
        deployment = manifests.deployments["gateway"]
        ports = self._gateway_ports(count=deployment.replicas if self._gateways is None else self._gateways)

        # Another checkout that starts at the same moment must not take them meanwhile.
        with held((self._host(replica), port) for replica, port in enumerate(ports)):
            addresses = await self._start_servers(manifests.topics.values())

        self._progress.step("the runner of the functions and the gateways")
        secret = token_secret(self._home)
        values = local_values(addresses, token_secret=secret, environment=self._environment)
        [runner_port] = free_ports(1)
        runner = runner_spec(
            port=runner_port,
            values_file=write_values(self._home, values),
            more=self._arrangement.environment_of("runner"),
            functions=self._arrangement.environment_of("functions"),
        )
        gateways = [
            self._gateway_spec(manifests, replica=replica, port=port, addresses=addresses, secret=secret)
            for replica, port in enumerate(ports)
        ]
        await self._supervisor.start([runner], gateways)
        self._state = _state(addresses, secret=secret, runner_port=runner_port, gateway_ports=ports)
        self._publish_state()

    def _gateway_spec(
        self, manifests: Manifests, *, replica: int, port: int, addresses: Addresses, secret: str
    ) -> ProcessSpec:
        deployment = manifests.deployments["gateway"]
        name = f"{deployment.name}-{replica}"
        return gateway_spec(
            deployment,
            replica=replica,
            host=self._host(replica),
            port=port,
            values=manifests.values(self._gateway_values(name, addresses, secret)),
            more=self._arrangement.environment_of(name),
        )

    async def _start_servers(self, topics: Collection[KafkaTopic]) -> Addresses:
        self._progress.step("Kafka, MongoDB and Redis")
        addresses = await start_servers(
            self._supervisor,
            home=self._home,
            environment=self._environment,
            progress=self._progress.jars,
            ports=self._arrangement.ports,
            kafka_ways=[detour.kafka for detour in self._arrangement.detours.values()],
        )
        self._progress.step("topics")
        try:
            async with asyncio.timeout(_TOPICS_WITHIN_S):
                await ensure_topics(addresses.kafka_bootstrap, topics)
        except TimeoutError:
            raise StartFailed(
                f"Kafka at {addresses.kafka_bootstrap} did not answer within {_TOPICS_WITHIN_S:g} s"
            ) from None
        return addresses

    def _gateway_values(self, name: str, addresses: Addresses, secret: str) -> Values:
        """What a gateway is told: it may go another way than the functions."""
        detour = self._arrangement.detours.get(name)
        known = addresses if detour is None else detour.of(addresses)
        return local_values(known, token_secret=secret, environment=self._environment)

    def _host(self, replica: int) -> str:
        """The first one is the players', who come from other devices; QUIZLINE_GATEWAY_HOST narrows that."""
        return self._environment.get("QUIZLINE_GATEWAY_HOST", EVERY_INTERFACE) if replica == 0 else "127.0.0.1"

    def _gateway_ports(self, *, count: int) -> list[int]:
        if count == 0:
            return []
        host = self._host(0)
        first, *others = free_ports(count, host=host)
        if self._player_port is None:
            return [first_free_port(PLAYER_PORT, host=host), *others]
        if self._player_port == 0:
            return [first, *others]
        if not is_free(self._player_port, host=host):
            raise PortTaken(f"port {self._player_port} is in use; name another by QUIZLINE_PORT, or none")
        return [self._player_port, *others]

    def _publish_state(self) -> None:
        if self._state is not None:
            write_state(self._home, self.state)


def _state(addresses: Addresses, *, secret: str, runner_port: int, gateway_ports: list[int]) -> State:
    return State(
        pid=os.getpid(),
        player_url=f"http://localhost:{gateway_ports[0]}" if gateway_ports else "",
        gateway_urls=[f"http://127.0.0.1:{port}" for port in gateway_ports],
        kafka=addresses.kafka_bootstrap,
        mongodb=addresses.mongodb_url,
        redis=addresses.redis_url,
        runner_url=f"http://127.0.0.1:{runner_port}",
        token_secret=secret,
        processes={},
    )
