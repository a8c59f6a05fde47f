"""The backing services of a cluster, at another address than the loopback's usual one."""

from pathlib import Path

from aiokafka import AIOKafkaProducer

from knative.local.backing import BackingServices
from knative.local.home import Home
from knative.local.ports import free_ports
from knative.local.runner.remote import SinkTemplate
from knative.local.servers.embedded import Ports
from knative.local.servers.probes import kafka_answers, mongodb_answers, redis_answers
from knative.local.terminal import silent, start_progress
from shared.events.codec import to_record
from tests.events import golden
from tests.integration.runner.recorder import recording, until

HOST = "127.0.0.2"
FUNCTIONS = {"join", "submit", "score", "rank", "broadcast"}


async def test_backing_services_listen_at_the_address_and_deliver_to_services(tmp_path: Path) -> None:
    """What a pod would reach by it: three servers, and sources that post every event to its functions by name."""
    ports = Ports(*free_ports(3, host=HOST))
    async with recording() as recorder:
        template = SinkTemplate(url=recorder.url, host="{name}.quizline.svc.cluster.local")
        services = BackingServices(
            home=Home(tmp_path),
            echo=silent,
            progress=start_progress(),
            host=HOST,
            ports=ports,
            elsewhere=template,
        )
        async with services:
            assert services.addresses.kafka_bootstrap == f"{HOST}:{ports.kafka}"
            assert await kafka_answers(services.addresses.kafka_bootstrap)
            assert await mongodb_answers(services.addresses.mongodb_url)
            assert await redis_answers(ports.redis, host=HOST)

            record = to_record(golden.SESSION_OPENED)
            async with AIOKafkaProducer(bootstrap_servers=services.addresses.kafka_bootstrap) as producer:
                await producer.send_and_wait(record.topic, record.value, key=record.key, headers=record.headers)
            await until(lambda: len(recorder.requests) >= len(FUNCTIONS))
        assert {request.host.partition(".")[0] for request in recorder.requests} == FUNCTIONS
        assert {request.attributes["id"] for request in recorder.requests} == {golden.SESSION_OPENED.id}
