"""What stands beside a cluster that lacks it: the three servers, the topics, and the source half of the runner.

For trying things, with one process of each. Owns the order; the functions and the gateways are the cluster's.
"""

import os
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from knative.local.home import Home
from knative.local.parts import MANIFESTS, runner_spec
from knative.local.ports import free_ports
from knative.local.process import ProcessSpec
from knative.local.process_log import Echo
from knative.local.runner.manifests import load
from knative.local.runner.remote import SinkTemplate
from knative.local.runner.topics import ensure_topics
from knative.local.servers.embedded import Addresses, Ports, start_servers
from knative.local.state import exclusive
from knative.local.supervisor import Supervisor
from knative.local.system import StartProgress
from knative.local.values import write_values


class BackingServices:
    """An async context manager: inside it everything runs; leaving it stops everything and keeps the data.

    Without `elsewhere` nothing is delivered: the cluster has KafkaSource. Raises AlreadyRunning, StartFailed,
    JarError, KafkaFormatError or ManifestError.
    """

    def __init__(
        self,
        *,
        home: Home,
        echo: Echo,
        progress: StartProgress,
        host: str,
        ports: Ports,
        elsewhere: SinkTemplate | None,
    ) -> None:
        self._home = home
        self._progress = progress
        self._host = host
        self._ports = ports
        self._elsewhere = elsewhere
        self._addresses: Addresses | None = None
        self._stack = AsyncExitStack()
        self._supervisor = Supervisor(logs=home.logs, echo=echo)

    @property
    def addresses(self) -> Addresses:
        """Of the three servers."""
        assert self._addresses is not None, "nothing is up"
        return self._addresses

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

    def kill_now(self) -> None:
        """SIGKILL to everything, for somebody who will not wait."""
        self._supervisor.kill_now()

    async def _start(self) -> None:
        self._progress.step("Kafka, MongoDB and Redis")
        self._addresses = await start_servers(
            self._supervisor,
            home=self._home,
            environment=os.environ,
            progress=self._progress.jars,
            host=self._host,
            ports=self._ports,
        )
        self._progress.step("topics")
        await ensure_topics(self._addresses.kafka_bootstrap, load(MANIFESTS).topics.values())
        if self._elsewhere is not None:
            self._progress.step("the sources")
            await self._supervisor.start([self._sources(self._addresses, self._elsewhere)])

    def _sources(self, addresses: Addresses, elsewhere: SinkTemplate) -> ProcessSpec:
        values = {"configMap": {"QUIZLINE_KAFKA_BOOTSTRAP": addresses.kafka_bootstrap}}
        [port] = free_ports(1)
        return runner_spec(port=port, values_file=write_values(self._home, values), elsewhere=elsewhere)
