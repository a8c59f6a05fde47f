"""An embedded Apache Kafka: one KRaft node, broker and controller in one small JVM.

Durable across kill -9: what is acknowledged is in the kernel's page cache, which outlives the process (not a power
cut; for that, bring your own cluster).
"""

import base64
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knative.local.process import ProcessSpec, base_environment
from knative.local.servers.jars import Progress, fetch, lock_name, locked_jars
from knative.local.servers.java import find_java
from knative.local.servers.probes import LOOPBACK, kafka_answers

_HERE = Path(__file__).parent
_JVM = (
    "-Xms64m",
    "-Xmx256m",
    "-XX:+UseSerialGC",  # the smallest collector, and two cores have better things to do than concurrent marking
    # Measured: 1.2 s of CPU less to start, 40 MB smaller, and half the CPU over the first 50,000 records.
    "-XX:TieredStopAtLevel=1",
    "-XX:ReservedCodeCacheSize=48m",
    "-Xshare:auto",
    f"-Dlog4j2.configurationFile={_HERE / 'kafka-log4j2.yaml'}",
)
_FORMAT_WITHIN_S = 60


class KafkaFormatError(Exception):
    """The storage directory could not be formatted; the message is the tool's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWay:
    """One more listener: who comes by it is told to come by `advertised_port` always, where something forwards to
    `port`. Kafka tells its clients where to go, so that nothing can stand in the first way.
    """

    port: int
    advertised_port: int


class EmbeddedKafka:
    """One broker; `bootstrap` is the same across its restarts, so clients reconnect."""

    name = "kafka"

    def __init__(
        self,
        *,
        directory: Path,
        jars: Path,
        port: int,
        controller_port: int,
        host: str = LOOPBACK,
        other_ways: Sequence[OtherWay] = (),
    ) -> None:
        self._directory = directory
        self._jars = jars / lock_name()  # never two versions on one class path
        self._port = port
        self._controller_port = controller_port
        self._other_ways = other_ways
        self._java = ""
        self.bootstrap = f"{host}:{port}"

    def prepare(self, progress: Progress) -> None:
        """Fetch the jars, write the settings, format the storage once. Blocks; run it in a thread."""
        self._directory.mkdir(parents=True, exist_ok=True)
        self._java = find_java()
        fetch(locked_jars(), directory=self._jars, progress=progress)
        self._settings_file.write_text("".join(f"{key}={value}\n" for key, value in self.settings().items()))
        if not (self._log_directory / "meta.properties").exists():
            self._format()

    def spec(self) -> ProcessSpec:
        """After `prepare`."""
        return ProcessSpec(
            name=self.name,
            command=(*self._command(*_JVM), "kafka.Kafka", str(self._settings_file)),
            environment=base_environment(),
            directory=self._directory,
            is_ready=lambda: kafka_answers(self.bootstrap),
            ready_within_s=60,
            stop_within_s=15,
        )

    def settings(self) -> dict[str, object]:
        """What stands in server.properties."""
        return {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@127.0.0.1:{self._controller_port}",
            "controller.listener.names": "CONTROLLER",
            **self._listeners(),
            "log.dirs": self._log_directory,
            **_ONE_NODE,
            **_SMALL,
            **_QUICK,
        }

    def _listeners(self) -> dict[str, object]:
        """The clients', the controller's, and those of other ways, each by a name of its own."""
        ways = {f"WAY{number}": way for number, way in enumerate(self._other_ways)}
        listeners = {"PLAINTEXT": self.bootstrap} | {name: f"{LOOPBACK}:{way.port}" for name, way in ways.items()}
        advertised = {"PLAINTEXT": self.bootstrap} | {
            name: f"{LOOPBACK}:{way.advertised_port}" for name, way in ways.items()
        }
        controller = {"CONTROLLER": f"127.0.0.1:{self._controller_port}"}
        return {
            "listeners": _by_name(listeners | controller),
            "advertised.listeners": _by_name(advertised),
            "listener.security.protocol.map": ",".join(f"{name}:PLAINTEXT" for name in listeners | controller),
        }

    @property
    def _log_directory(self) -> Path:
        return self._directory / "log"

    @property
    def _settings_file(self) -> Path:
        return self._directory / "server.properties"

    def _command(self, *options: str) -> tuple[str, ...]:
        return (self._java, *options, "-cp", f"{self._jars}/*")

    def _format(self) -> None:
        arguments = (
            "format",
            "--cluster-id",
            cluster_id(uuid.uuid4().bytes),
            "--config",
            str(self._settings_file),
        )
        command = (*self._command(*_JVM), "kafka.tools.StorageTool", *arguments)
        done = subprocess.run(
            command, env=base_environment(), capture_output=True, text=True, timeout=_FORMAT_WITHIN_S, check=False
        )
        if done.returncode != 0:
            raise KafkaFormatError(f"formatting {self._log_directory}: {done.stdout}{done.stderr}".strip())


def cluster_id(entropy: bytes) -> str:
    """Sixteen bytes as Kafka writes a UUID, beginning with a letter from A to f: the first bit is cleared.

    One in 64 would begin with a hyphen, which its tool takes for an option.
    """
    first, *others = entropy
    return base64.urlsafe_b64encode(bytes((first & 0x7F, *others))).decode().rstrip("=")


_ONE_NODE = {
    "auto.create.topics.enable": "false",  # topics come from the manifests; a typing error must not make one
    "default.replication.factor": 1,
    "offsets.topic.replication.factor": 1,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
}
_SMALL = {
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.num.partitions": 1,
    "share.coordinator.state.topic.num.partitions": 1,
    "num.network.threads": 2,
    "num.io.threads": 4,
    "background.threads": 2,
    "log.cleaner.dedupe.buffer.size": 4 * 1024 * 1024,  # the default of 128 MiB is half of this heap
    "log.index.size.max.bytes": 1024 * 1024,
    "log.segment.bytes": 128 * 1024 * 1024,
}
_QUICK = {
    "group.initial.rebalance.delay.ms": 0,
    "group.min.session.timeout.ms": 1_000,
    # A broker killed and started again is refused until the session of its former self runs out.
    "broker.session.timeout.ms": 3_000,
    "broker.heartbeat.interval.ms": 500,
}


def _by_name(addresses: Mapping[str, str]) -> str:
    return ",".join(f"{name}://{address}" for name, address in addresses.items())
