"""In what a local system differs from the one that `quizline up` starts: for experiments, never for users.

Owns no process: system.py does what stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from knative.local.servers.embedded import Addresses, Ports
from knative.local.servers.kafka import OtherWay
from knative.local.servers.probes import LOOPBACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """One gateway's own way to Kafka and Redis: something forwards these ports, and may stop to."""

    kafka: OtherWay
    redis_port: int

    def of(self, addresses: Addresses) -> Addresses:
        """As the gateway shall know them."""
        return replace(
            addresses,
            kafka_bootstrap=f"{LOOPBACK}:{self.kafka.advertised_port}",
            redis_url=f"redis://{LOOPBACK}:{self.redis_port}/0",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """`environments`: more variables, by part: runner, gateway-0, gateway-1 …, and `functions` for all of them.

    `ports`: where the servers listen, else free ones. `detours`: by gateway.
    """

    ports: Ports | None = None
    detours: Mapping[str, Detour] = field(default_factory=dict)
    environments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def environment_of(self, part: str) -> Mapping[str, str]:
        return self.environments.get(part, {})


AS_USUAL = Arrangement()
