"""What docs/parity.md promises of the runner and no other test shows yet, on real Kafka."""

import base64
import time
from pathlib import Path

from tests.integration.runner.bench import bench
from tests.integration.runner.recorder import until
from tests.servers import Servers


async def test_events_of_one_partition_do_not_wait_for_each_other(tmp_path: Path, servers: Servers) -> None:
    """Unordered: while the first is still in flight, those behind it in its partition are delivered."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.hold()
        await toy.publish("e1", "e2", "e3", partition=0)
        await toy.requests(3)
        assert sorted(toy.recorder.ids) == ["e1", "e2", "e3"]
        assert (await toy.status())["in_flight"] == 3


async def test_retries_wait_twice_as_long_each_time(tmp_path: Path, servers: Servers) -> None:
    """With the toy's delay of 20 ms: 40, 80 and 160 ms at least, before it is a dead letter."""
    async with bench(tmp_path, servers.kafka_bootstrap, retry=3) as toy:
        toy.recorder.statuses = [503]
        await toy.publish("e1")
        await toy.requests(1)
        started_s = time.monotonic()
        await toy.until_status(dead_letters=1)
        assert time.monotonic() - started_s >= 0.28
        assert toy.recorder.ids == ["e1"] * 4


async def test_event_is_posted_with_the_headers_of_knative(tmp_path: Path, servers: Servers) -> None:
    """Attributes as `ce-` headers, percent-encoded where HTTP needs it, without the key."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        headers = [
            *(
                (f"ce_{name}", value)
                for name, value in (("specversion", b"1.0"), ("id", b"e1"), ("source", b"/s"))
            ),
            ("ce_type", b"toy.happened"),
            ("ce_subject", "Zoë".encode()),
            ("ce_traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            ("content-type", b"application/json"),
            ("other", b"no attribute"),
        ]
        await toy.write(headers, value=b"{}", key=b"the-key", partition=1)
        await toy.requests(1)
        [request] = toy.recorder.requests
        assert request.attributes["subject"] == "Zo%C3%AB"
        assert "partitionkey" not in request.attributes
        assert request.attributes["traceparent"].startswith("00-4bf9")
        assert (request.attributes["knativekafkapartition"], request.attributes["knativekafkaoffset"]) == (
            "1",
            "0",
        )
        assert "other" not in request.attributes


async def test_dead_letter_keeps_the_event_and_its_place(tmp_path: Path, servers: Servers) -> None:
    """Whoever looks at it sees what was delivered and where it stood; the reason is in base64."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.statuses = [422]
        await toy.publish("e1", partition=2)
        headers, value = await toy.dead_letter()
        assert (headers["ce_knativekafkapartition"], headers["ce_knativekafkaoffset"]) == ("2", "0")
        assert (headers["ce_source"], headers["ce_specversion"], value) == ("/test", "1.0", b"{}")
        assert base64.b64decode(headers["ce_knativeerrordata"]) == b"told to say 422"


async def test_offsets_after_a_crash_begin_at_the_first_record_that_was_not_finished(
    tmp_path: Path, servers: Servers
) -> None:
    """Later ones that were finished come again: at least once, never not at all."""
    async with bench(tmp_path, servers.kafka_bootstrap, concurrency=1) as toy:
        await toy.publish("e0", partition=0)
        await toy.until_status(lag=0, in_flight=0)
        toy.recorder.hold()
        await toy.publish("e1", "e2", partition=0)
        await toy.requests(2)
        await toy.stop()
        toy.recorder.release()
        await toy.start()
        await until(lambda: {"e1", "e2"} <= set(toy.recorder.ids[2:]))
        assert toy.recorder.ids.count("e0") == 1


async def test_source_that_joins_for_the_first_time_reads_from_the_beginning(
    tmp_path: Path, servers: Servers
) -> None:
    """What was written before its group had committed anything counts too."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        await toy.stop()
        await toy.publish("e1")
        await toy.start()
        await toy.until_status(lag=0, cold_starts=1)
        assert toy.recorder.ids == ["e1"]
