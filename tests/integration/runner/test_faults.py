"""kill -9 of an instance, of the runner, of Kafka; a rebalance. Nothing is lost."""

import asyncio
import os
import signal
from pathlib import Path

from aiokafka import AIOKafkaConsumer

from tests.integration.runner.bench import PARTITIONS, bench, is_running
from tests.integration.runner.recorder import until
from tests.servers import Servers


async def test_instance_killed_in_a_request_is_replaced_and_the_event_comes_again(
    tmp_path: Path, servers: Servers
) -> None:
    """kill -9 in the middle: another process gets the same event."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.hold()
        await toy.publish("e1")
        await toy.requests(1)
        os.kill(toy.recorder.requests[0].pid, signal.SIGKILL)
        toy.recorder.release()
        await toy.requests(2)
        await toy.until_status(lag=0, ready=1, dead_letters=0)
        assert toy.recorder.ids == ["e1", "e1"]
        assert toy.recorder.requests[0].pid != toy.recorder.requests[1].pid


async def test_runner_killed_delivers_again_what_was_in_flight(tmp_path: Path, servers: Servers) -> None:
    """kill -9 of the runner ends its instances too; the next one takes the group over at once."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.hold()
        await toy.publish("e1")
        await toy.requests(1)
        await toy.stop(signal.SIGKILL)
        await until(lambda: not is_running(toy.recorder.requests[0].pid))
        toy.recorder.release()
        async with asyncio.timeout(8):  # less than the session time-out of the one that was killed
            await toy.start()
            await toy.requests(2)
        await toy.until_status(lag=0)
        assert toy.recorder.ids == ["e1", "e1"]


async def test_runner_stopped_in_order_delivers_nothing_again(tmp_path: Path, servers: Servers) -> None:
    """SIGTERM finishes what is in flight and commits it."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.hold()
        await toy.publish("e1", "e2")
        await toy.requests(2)
        stopping = asyncio.create_task(toy.stop())
        await until(lambda: not stopping.done())
        toy.recorder.release()
        assert await stopping == 0
        await toy.start()
        await toy.publish("e3")
        await toy.requests(3)
        await toy.until_status(lag=0)
        assert sorted(toy.recorder.ids) == ["e1", "e2", "e3"]


async def test_kafka_killed_and_back_delivers_on(tmp_path: Path, servers: Servers) -> None:
    """The source reconnects by itself; what was in flight and what comes later arrive."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.hold()
        await toy.publish("e1")
        await toy.requests(1)
        await servers.kill("kafka")
        toy.recorder.release()
        await toy.until_status(in_flight=0)
        await servers.restart("kafka")
        for partition in range(PARTITIONS):
            await toy.publish(f"later-{partition}", partition=partition)
        await until(lambda: {f"later-{partition}" for partition in range(PARTITIONS)} <= set(toy.recorder.ids))
        await toy.until_status(lag=0)
        assert toy.recorder.ids[0] == "e1"


async def test_runner_stopped_while_kafka_is_away_ends_and_delivers_again_later(
    tmp_path: Path, servers: Servers
) -> None:
    """What could not be committed comes twice, never not at all."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        await toy.publish("e1")
        await toy.until_status(lag=0, cold_starts=1)
        await servers.kill("kafka")
        assert await toy.stop() == 0
        await servers.restart("kafka")
        await toy.start()
        await toy.publish("e2")
        await until(lambda: "e2" in toy.recorder.ids)
        assert set(toy.recorder.ids) == {"e1", "e2"}


async def test_dead_letter_while_kafka_is_away_waits_for_it(tmp_path: Path, servers: Servers) -> None:
    """The event is neither lost nor committed before its dead letter is acknowledged."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.recorder.hold()
        toy.recorder.statuses = [422]
        await toy.publish("e1")
        await toy.requests(1)
        await servers.kill("kafka")
        toy.recorder.release()
        await until(lambda: any("dead_letter_waits_for_kafka" in line for line in toy.output))
        await servers.restart("kafka")
        headers, _ = await toy.dead_letter()
        assert headers["ce_id"] == "e1"
        await toy.until_status(dead_letters=1, in_flight=0)


async def test_partitions_given_to_another_consumer_come_back(tmp_path: Path, servers: Servers) -> None:
    """A rebalance and its end: every partition is delivered by somebody, and all by the runner again."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        other = AIOKafkaConsumer(
            toy.topic, bootstrap_servers=toy.bootstrap, group_id=toy.group, auto_offset_reset="earliest"
        )
        async with asyncio.timeout(30), other:
            taken = other.assignment()
            assert 0 < len(taken) < PARTITIONS
        for partition in range(PARTITIONS):
            await toy.publish(f"e{partition}", partition=partition)
        await until(lambda: {f"e{partition}" for partition in range(PARTITIONS)} <= set(toy.recorder.ids))
        await toy.until_status(lag=0)
