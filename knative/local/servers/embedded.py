"""Which servers this system uses: embedded ones, or yours by URL; started side by side."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knative.local.home import Home, cache_directory
from knative.local.ports import free_ports
from knative.local.process import ProcessSpec
from knative.local.servers.jars import Progress
from knative.local.servers.kafka import EmbeddedKafka, OtherWay
from knative.local.servers.mongodb import EmbeddedMongoDB
from knative.local.servers.probes import LOOPBACK
from knative.local.servers.redis import EmbeddedRedis
from knative.local.supervisor import Supervisor


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where Kafka, MongoDB and Redis are, embedded or yours."""

    kafka_bootstrap: str
    mongodb_url: str
    redis_url: str


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the servers listen, when they must be found without being told."""

    kafka: int
    mongodb: int
    redis: int


class Abandoned(Exception):
    """Nobody waits for the jars any more."""


async def start_servers(
    supervisor: Supervisor,
    *,
    home: Home,
    environment: Mapping[str, str],
    progress: Progress,
    host: str = LOOPBACK,
    ports: Ports | None = None,
    kafka_ways: Sequence[OtherWay] = (),
) -> Addresses:
    """Start what `environment` does not name, and return when each answers its protocol.

    `host`: the address that they listen on and are told by, Kafka to its clients too. `ports`: else free ones.
    `kafka_ways`: to Kafka, for who must not come the usual way.
    QUIZLINE_KAFKA_BOOTSTRAP, QUIZLINE_MONGODB_URL and QUIZLINE_REDIS_URL each replace one. Raises StartFailed,
    JarError or KafkaFormatError.
    """
    [controller_port] = free_ports(1)
    chosen = ports or Ports(*free_ports(3, host=host))
    kafka = EmbeddedKafka(
        directory=home.servers / "kafka",
        jars=cache_directory(),
        port=chosen.kafka,
        controller_port=controller_port,
        host=host,
        other_ways=kafka_ways,
    )
    mongodb = EmbeddedMongoDB(directory=home.servers / "mongodb", port=chosen.mongodb, host=host)
    redis = EmbeddedRedis(directory=home.servers / "redis", port=chosen.redis, host=host)
    yours = {name: environment.get(variable, "") for name, variable in _VARIABLES.items()}
    specs: list[ProcessSpec] = []
    if not yours["redis"]:
        redis.prepare()
        specs.append(redis.spec())
    if not yours["mongodb"]:
        mongodb.prepare()
        specs.append(mongodb.spec())
    if not yours["kafka"]:
        await _prepare(kafka, progress)
        specs.append(kafka.spec())
    await supervisor.start(specs)
    return Addresses(
        kafka_bootstrap=yours["kafka"] or kafka.bootstrap,
        mongodb_url=yours["mongodb"] or mongodb.url,
        redis_url=yours["redis"] or redis.url,
    )


async def _prepare(kafka: EmbeddedKafka, progress: Progress) -> None:
    """In a thread, which gives up at the next jar when this is cancelled: Ctrl-C need not wait for all of them."""
    abandoned = threading.Event()

    def told(done: int, total: int) -> None:
        if abandoned.is_set():
            raise Abandoned
        progress(done, total)

    try:
        await asyncio.to_thread(kafka.prepare, told)
    except asyncio.CancelledError:
        abandoned.set()
        raise


_VARIABLES = {
    "kafka": "QUIZLINE_KAFKA_BOOTSTRAP",
    "mongodb": "QUIZLINE_MONGODB_URL",
    "redis": "QUIZLINE_REDIS_URL",
}
