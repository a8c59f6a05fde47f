"""One gateway's way to Kafka and Redis, through forwarders that can be cut."""

from knative.local.arrangement import Detour
from knative.local.chaos.proxy import Proxy
from knative.local.ports import free_ports
from knative.local.servers.kafka import OtherWay


class Way:
    """Enter `kafka` and `redis` before the system starts."""

    def __init__(self, *, redis_port: int) -> None:
        listener, kafka, redis = free_ports(3)
        self.kafka = Proxy(port=kafka, to_port=listener)
        self.redis = Proxy(port=redis, to_port=redis_port)
        self.detour = Detour(kafka=OtherWay(port=listener, advertised_port=kafka), redis_port=redis)
