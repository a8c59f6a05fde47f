"""From a record in real Kafka to a function process, and to the dead letters."""

import base64
from pathlib import Path

import aiohttp

from tests.integration.runner.bench import bench
from tests.servers import Servers


async def test_event_for_a_function_at_zero_starts_it_and_arrives(tmp_path: Path, servers: Servers) -> None:
    """The first event scales from zero, and arrives with its attributes and its place in Kafka."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        assert (await toy.status())["instances"] == 0
        await toy.publish("e1", partition=2)
        await toy.until_status(lag=0, in_flight=0, ready=1, cold_starts=1)
        [request] = toy.recorder.requests
        assert request.attributes == {
            "specversion": "1.0",
            "source": "/test",
            "type": "toy.happened",
            "id": "e1",
            "knativekafkapartition": "2",
            "knativekafkaoffset": "0",
        }
        assert (request.content_type, request.body) == ("application/json", b"{}")
        assert any("instance_ready" in line and "cold_start_ms" in line for line in toy.output)
        assert any(line.startswith("toy-") and line.endswith(" | toy starts") for line in toy.output)


async def test_record_that_is_no_cloudevent_arrives_as_a_kafka_event(tmp_path: Path, servers: Servers) -> None:
    """As Knative wraps it, with its key and without a content type."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        await toy.write([], value=b"\xff", key=b"k", partition=0)
        await toy.requests(1)
        [request] = toy.recorder.requests
        assert request.attributes["type"] == "dev.knative.kafka.event"
        assert request.attributes["id"] == "partition:0/offset:0"
        assert request.attributes["key"] == "k"
        assert (request.content_type, request.body) == ("none", b"\xff")


async def test_event_after_passing_faults_is_delivered(tmp_path: Path, servers: Servers) -> None:
    """Retried until it succeeds; no dead letter."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.statuses = [503, 500, 200]
        await toy.publish("e1")
        await toy.requests(3)
        await toy.until_status(lag=0, dead_letters=0)
        assert toy.recorder.ids == ["e1"] * 3


async def test_event_after_its_retries_becomes_a_dead_letter(tmp_path: Path, servers: Servers) -> None:
    """With the attributes that say where it could not go and why; the rest flows on."""
    async with bench(tmp_path, servers.kafka_bootstrap, retry=2) as toy:
        toy.recorder.statuses = [500, 500, 500, 200]
        await toy.publish("e1")
        headers, value = await toy.dead_letter()
        assert headers["ce_id"] == "e1"
        assert headers["ce_type"] == "toy.happened"
        assert headers["content-type"] == "application/json"
        assert headers["ce_knativeerrordest"] == f"{toy.url}/functions/toy"
        assert headers["ce_knativeerrorcode"] == "500"
        assert base64.b64decode(headers["ce_knativeerrordata"]) == b"told to say 500"
        assert value == b"{}"
        await toy.publish("e2")
        await toy.until_status(lag=0, dead_letters=1)
        assert toy.recorder.ids == ["e1", "e1", "e1", "e2"]


async def test_malformed_event_becomes_a_dead_letter_at_once(tmp_path: Path, servers: Servers) -> None:
    """422 is never retried."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.statuses = [422]
        await toy.publish("e1")
        headers, _ = await toy.dead_letter()
        assert headers["ce_knativeerrorcode"] == "422"
        await toy.until_status(lag=0, dead_letters=1)
        assert toy.recorder.ids == ["e1"]


async def test_event_as_large_as_kafka_takes_becomes_a_dead_letter(tmp_path: Path, servers: Servers) -> None:
    """What says why it failed makes it too large for Kafka: its body is left out, and the rest flows on."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.statuses = [422, 200]
        event = [("ce_specversion", b"1.0"), ("ce_source", b"/test"), ("ce_type", b"t"), ("ce_id", b"e1")]
        await toy.write(event, value=b"x" * 1_048_350, partition=0)
        headers, value = await toy.dead_letter()
        assert (headers["ce_id"], headers["ce_knativeerrorcode"], value) == ("e1", "422", b"")
        assert headers["ce_quizlinebodybytes"] == "1048350"
        await toy.publish("e2", partition=0)
        await toy.until_status(lag=0, dead_letters=1)


async def test_event_whose_key_no_text_can_hold_becomes_a_dead_letter(tmp_path: Path, servers: Servers) -> None:
    """A surrogate alone is legal JSON and no Unicode: the source lives on."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.statuses = [422]
        document = rb'{"specversion":"1.0","id":"e1","source":"s","type":"t","partitionkey":"\ud800"}'
        await toy.write([("content-type", b"application/cloudevents+json")], value=document, partition=0)
        headers, _ = await toy.dead_letter()
        assert (headers["ce_id"], headers["ce_partitionkey"]) == ("e1", "?")
        await toy.until_status(lag=0, dead_letters=1)


async def test_events_beyond_the_bound_stay_in_kafka(tmp_path: Path, servers: Servers) -> None:
    """One consumer has at most 100 in flight; what is read is bounded whatever waits."""
    async with bench(tmp_path, servers.kafka_bootstrap, concurrency=40) as toy:
        toy.recorder.hold()
        await toy.publish(*(f"e{number}" for number in range(250)))
        await toy.until_status(in_flight=40, queued=60, lag=250)
        toy.recorder.release()
        await toy.until_status(in_flight=0, queued=0, lag=0)
        assert len(set(toy.recorder.ids)) == len(toy.recorder.ids) == 250


async def test_invocation_passes_one_event_through(tmp_path: Path, servers: Servers) -> None:
    """Over HTTP, from zero, with the function's own answer; an unknown function is said to be unknown."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy, aiohttp.ClientSession() as http:
        toy.recorder.statuses = [422]
        headers = {"ce-id": "i1", "ce-type": "t", "ce-source": "s", "ce-specversion": "1.0"}
        async with http.post(f"{toy.url}/functions/toy", data=b"[]", headers=headers) as answer:
            assert (answer.status, await answer.text()) == (422, "told to say 422")
        assert toy.recorder.ids == ["i1"]
        async with http.post(f"{toy.url}/functions/nobody", data=b"") as answer:
            assert (answer.status, await answer.text()) == (404, "expected one of toy, got nobody")
