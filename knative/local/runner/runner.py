"""The composition root: from manifests and values to running sources and revisions, and their common end."""

import asyncio
import dataclasses
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import aiohttp
from aiokafka import TopicPartition

from knative.local.ports import free_ports
from knative.local.process import base_environment
from knative.local.runner.autoscaler import Autoscaler, Scaling, scaling_of
from knative.local.runner.consumers import EndOffsets
from knative.local.runner.deadletter import DeadLetters
from knative.local.runner.instance import Instance
from knative.local.runner.manifests import (
    KafkaSource,
    Manifests,
    Service,
    Values,
    command_line,
    resolve_environment,
)
from knative.local.runner.remote import RemoteService, SinkTemplate
from knative.local.runner.revision import Revision
from knative.local.runner.source import Source
from knative.local.runner.topics import ensure_topics

BOOTSTRAP = "QUIZLINE_KAFKA_BOOTSTRAP"
# How long events in flight may take at the end; what is not done then is delivered again after the next start.
STOP_GRACE_S = 5.0
# A connection is kept longer than any pause in a session, and shorter than the functions keep it (620 s).
_KEEP_ALIVE_S = 600
# Of this machine, for each instance that a function may have.
CORES_AN_INSTANCE = 4


class Runner:
    """Everything that runs. `own_url`: where this runner's HTTP interface answers. `most_instances`: of each
    function. `more`: variables for every function besides its manifest's.

    With `elsewhere` it is the source half alone: the functions' Services run there, and no revision here.
    """

    def __init__(
        self,
        manifests: Manifests,
        given: Values,
        *,
        own_url: str,
        session: aiohttp.ClientSession,
        most_instances: int,
        elsewhere: SinkTemplate | None = None,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        values = manifests.values(given)
        self._manifests = manifests
        self._bootstrap = values["configMap"][BOOTSTRAP]
        self._dead_letters = DeadLetters(self._bootstrap)
        self._ends = EndOffsets(self._bootstrap)
        self._own_url = own_url
        self._elsewhere = elsewhere
        self.revisions: dict[str, Revision] = {}
        self._remote: dict[str, RemoteService] = {}
        if elsewhere is None:
            self.revisions = {
                name: _revision(service, values, session, more, most=most_instances)
                for name, service in manifests.services.items()
            }
        else:
            self._remote = {name: RemoteService(name, elsewhere, session) for name in manifests.services}
        self.sources = [self._source(manifest) for manifest in manifests.sources.values()]
        self._stopping = asyncio.Event()

    @property
    def joined(self) -> bool:
        """Every source has been connected."""
        return all(source.joined.is_set() for source in self.sources)

    async def run(self) -> None:
        """Until `stop`: first the topics, then everything; at the end sources before revisions."""
        async with asyncio.TaskGroup() as group:
            for revision in self.revisions.values():
                group.create_task(revision.run())
            if await self._topics_made():
                async with asyncio.TaskGroup() as sources:
                    for source in self.sources:
                        sources.create_task(source.run())
                    await self._stopping.wait()
                    for source in self.sources:
                        source.stop(STOP_GRACE_S)
            await self._dead_letters.stop()
            await self._ends.stop()
            for revision in self.revisions.values():
                revision.stop()

    def stop(self) -> None:
        """End in order. Idempotent."""
        self._stopping.set()

    async def status(self) -> dict[str, dict[str, int | None]]:
        """By function. `lag` is None while unknown; `dead_letters` counts since this runner started.

        How many instances there are is told only of those that run here.
        """
        ends = await self._ends.of(frozenset().union(*(source.partitions for source in self.sources)))
        return {name: await self._status_of(name, ends) for name in self._manifests.services}

    async def _status_of(self, name: str, ends: Mapping[TopicPartition, int] | None) -> dict[str, int | None]:
        sources = [source for source in self.sources if source.function == name]
        lags = [None if ends is None else await source.lag(ends) for source in sources]
        delivered: dict[str, int | None] = {
            "lag": None if None in lags else sum(lag for lag in lags if lag is not None),
            "dead_letters": sum(source.dead_letters for source in sources),
        }
        if name in self._remote:
            return {"in_flight": self._remote[name].in_flight, **delivered}
        revision = self.revisions[name]
        return {
            "instances": revision.instances,
            "ready": revision.ready,
            "in_flight": revision.in_flight,
            "queued": revision.queued,
            **delivered,
            "cold_starts": revision.cold_starts,
            "peak_instances": revision.peak_instances,
        }

    def _source(self, manifest: KafkaSource) -> Source:
        function = manifest.spec.sink.ref.name
        sink = manifest.spec.delivery.dead_letter_sink
        return Source(
            manifest,
            bootstrap=self._bootstrap,
            ends=self._ends,
            receiver=self._remote[function] if self._elsewhere else self.revisions[function],
            dead_letters=self._dead_letters,
            dead_letter_sink=self._manifests.sinks[sink.ref.name] if sink else None,
            destination=self._elsewhere.destination_of(function)
            if self._elsewhere
            else f"{self._own_url}/functions/{function}",
        )

    async def _topics_made(self) -> bool:
        """False when stopped meanwhile."""
        making = asyncio.create_task(ensure_topics(self._bootstrap, self._manifests.topics.values()))
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({making, stopping}, return_when=asyncio.FIRST_COMPLETED)
        made = making.done()
        if made:
            making.result()
        making.cancel()
        stopping.cancel()
        return made


def http_session() -> aiohttp.ClientSession:
    """The client of all instances. Their number is limited elsewhere, and each try has its own time-out."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_S),
        timeout=aiohttp.ClientTimeout(total=None),
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
        auto_decompress=False,
    )


def instances_here() -> int:
    """How many of one function this machine is for: it has ten processes to run besides.

    Two of submit, score and rank on two cores split what gathers into calls of a driver between them, and doubled
    every wait for as long as they stayed (docs/performance.md, "Instances").
    """
    return max(1, (os.cpu_count() or 1) // CORES_AN_INSTANCE)


def _scaling(service: Service, *, most: int) -> Scaling:
    """What the manifest says, but never more than `most` instances."""
    scaling = scaling_of(service.annotations, container_concurrency=service.pod.container_concurrency)
    return dataclasses.replace(scaling, max_scale=min(scaling.max_scale or most, most))


def _revision(
    service: Service, values: Values, session: aiohttp.ClientSession, more: Mapping[str, str], *, most: int
) -> Revision:
    return Revision(
        service.name,
        autoscaler=Autoscaler(_scaling(service, most=most)),
        launch=_launcher(service, values, more),
        session=session,
        concurrency=service.pod.container_concurrency,
        grace_s=service.pod.timeout_seconds,
    )


def _launcher(service: Service, values: Values, more: Mapping[str, str]) -> Callable[[], Instance]:
    stated = resolve_environment(service.container, values)

    def launch() -> Instance:
        # Functions listen on all interfaces, as in a pod. If somebody takes the port meanwhile, the instance ends
        # and is replaced.
        [port] = free_ports(1, host="0.0.0.0")  # noqa: S104
        environment = {**surroundings(), **stated, **more, "PORT": str(port), "K_SERVICE": service.name}
        return Instance(
            function=service.name,
            command=command_line(service.container, environment),
            environment=environment,
            port=port,
        )

    return launch


def surroundings() -> dict[str, str]:
    """What a process inherits: little, as in a pod, and this interpreter's programs first on the PATH."""
    inherited = base_environment()
    programs = Path(sys.executable).parent
    return {**inherited, "PATH": f"{programs}{os.pathsep}{inherited.get('PATH', os.defpath)}"}
