"""The three embedded servers as tests use them: real ones, shared by a whole test run, and ended at will."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from knative.local.home import Home
from knative.local.runner.manifests import KafkaTopic, KafkaTopicSpec, Metadata
from knative.local.runner.topics import ensure_topics
from knative.local.servers.embedded import Addresses, start_servers
from knative.local.supervisor import Supervisor
from tests.background import Background


class Servers:
    """Names are kafka, mongodb and redis. Use a database, topic and key space of your own: others share these."""

    def __init__(self, home: Path) -> None:
        self._home = Home(home)
        self._background = Background(self._run)
        self._supervisor, addresses = self._background.held
        self.kafka_bootstrap = addresses.kafka_bootstrap
        self.mongodb_url = addresses.mongodb_url
        self.redis_url = addresses.redis_url

    async def create_topics(self, *names: str, partitions: int = 3) -> None:
        """Where they are not there yet."""
        spec = KafkaTopicSpec(partitions=partitions, replicas=1)
        topics = [KafkaTopic(metadata=Metadata(name=name), spec=spec) for name in names]
        await ensure_topics(self.kafka_bootstrap, topics)

    async def create_topic(self, name: str, *, partitions: int = 3) -> None:
        """A fresh topic for one test."""
        await self.create_topics(name, partitions=partitions)

    async def kill(self, name: str) -> None:
        """kill -9; it stays away until `restart`."""
        await self._background.run(self._supervisor.kill(name))

    async def restart(self, name: str) -> None:
        """Start it again at the same address, with its data; return when it answers."""
        await self._background.run(self._supervisor.restart(name))

    def pid(self, name: str) -> int:
        """Of the process that serves now; KeyError while it is away."""
        return self._supervisor.pids[name]

    def close(self) -> None:
        self._background.close()

    @asynccontextmanager
    async def _run(self) -> AsyncIterator[tuple[Supervisor, Addresses]]:
        self._home.prepare()
        async with Supervisor(logs=self._home.logs, echo=_silent) as supervisor:
            yield (
                supervisor,
                await start_servers(
                    supervisor, home=self._home, environment={}, progress=lambda done, total: None
                ),
            )


def _silent(name: str, line: str) -> None:
    """Lines stand in the home's logs; a failed start prints its last ones."""
