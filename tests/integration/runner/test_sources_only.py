"""The source half: from records in real Kafka to a Service at an address, here a plain HTTP server."""

import signal
from pathlib import Path

from aiokafka import AIOKafkaProducer

from tests.integration.runner.bench import bench
from tests.servers import Servers

HOST = "{name}.quizline.svc.cluster.local"


async def test_source_half_event_is_posted_to_the_service_by_name(tmp_path: Path, servers: Servers) -> None:
    """With the event's attributes, its place in Kafka and the Service as the host; no process is started."""
    async with bench(tmp_path, servers.kafka_bootstrap, sink_host=HOST) as toy:
        await toy.publish("e1", partition=2)
        await toy.requests(1)
        await toy.until_status(lag=0, in_flight=0, dead_letters=0)
        [request] = toy.recorder.requests
        assert request.host == "toy.quizline.svc.cluster.local"
        assert request.attributes == {
            "specversion": "1.0",
            "source": "/test",
            "type": "toy.happened",
            "id": "e1",
            "knativekafkapartition": "2",
            "knativekafkaoffset": "0",
        }
        assert (request.content_type, request.body) == ("application/json", b"{}")
        assert not any("instance" in line for line in toy.output)


async def test_source_half_event_that_is_refused_becomes_a_dead_letter(tmp_path: Path, servers: Servers) -> None:
    """Retried as the manifest says, then kept, with the Service's name as the place that could not be reached."""
    async with bench(tmp_path, servers.kafka_bootstrap, sink_host=HOST, retry=2) as toy:
        toy.recorder.statuses = [503, 500, 500, 200]
        await toy.publish("e1")
        headers, _ = await toy.dead_letter()
        assert headers["ce_knativeerrorcode"] == "500"
        assert headers["ce_knativeerrordest"] == "http://toy.quizline.svc.cluster.local"
        await toy.publish("e2")
        await toy.until_status(lag=0, dead_letters=1)
        assert toy.recorder.ids == ["e1", "e1", "e1", "e2"]


async def test_source_half_killed_and_started_again_delivers_what_was_open(
    tmp_path: Path, servers: Servers
) -> None:
    """No offset is committed below what the Service has not answered."""
    async with bench(tmp_path, servers.kafka_bootstrap, sink_host=HOST) as toy:
        toy.recorder.hold()
        await toy.publish("e1")
        await toy.requests(1)
        await toy.stop(signal.SIGKILL)
        toy.recorder.release()
        await toy.start("--sources-only", f"--sink-url={toy.recorder.url}", f"--sink-host={HOST}")
        await toy.until_status(lag=0, in_flight=0)
        assert toy.recorder.ids == ["e1", "e1"]


async def test_source_started_again_with_one_more_topic_reads_it_too(tmp_path: Path, servers: Servers) -> None:
    """Kafka gives a static member that comes back what it had: with other topics it must be another member."""
    async with bench(tmp_path, servers.kafka_bootstrap, sink_host=HOST) as toy:
        await toy.publish("e1")
        await toy.until_status(lag=0)
        await toy.stop()
        manifest = tmp_path / "toy.yaml"
        topics = f'["{toy.topic}", "{toy.dead_letter_topic}"]'
        manifest.write_text(manifest.read_text().replace(f'["{toy.topic}"]', topics))
        await toy.start("--sources-only", f"--sink-url={toy.recorder.url}", f"--sink-host={HOST}")
        async with AIOKafkaProducer(bootstrap_servers=toy.bootstrap, acks="all") as producer:
            await producer.send_and_wait(toy.dead_letter_topic, b"{}")
        await toy.requests(2)
