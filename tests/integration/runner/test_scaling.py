"""Instances come with the work and go with it."""

from pathlib import Path

from tests.integration.runner.bench import MOST_INSTANCES, bench, is_running
from tests.integration.runner.recorder import until
from tests.servers import Servers


async def test_function_after_an_empty_window_is_at_zero(tmp_path: Path, servers: Servers) -> None:
    """Its process ends, and the next event starts another."""
    async with bench(tmp_path, servers.kafka_bootstrap, window="2s") as toy:
        await toy.publish("e1")
        await toy.requests(1)
        await toy.until_status(instances=0)
        await until(lambda: not is_running(toy.recorder.requests[0].pid))
        await toy.publish("e2")
        await toy.requests(2)
        await toy.until_status(cold_starts=2)
        assert toy.recorder.requests[1].pid != toy.recorder.requests[0].pid


async def test_function_with_more_in_flight_than_one_takes_gets_another(tmp_path: Path, servers: Servers) -> None:
    """Up to max-scale."""
    async with bench(tmp_path, servers.kafka_bootstrap, concurrency=1, max_scale=2, window="6s") as toy:
        toy.recorder.hold()
        await toy.publish("e1", "e2", "e3")
        await toy.until_status(ready=2, in_flight=2, queued=1, peak_instances=2)
        toy.recorder.release()
        await toy.until_status(lag=0, instances=0)
        assert len({request.pid for request in toy.recorder.requests}) == 2


async def test_function_has_no_more_instances_than_the_runner_may_start(tmp_path: Path, servers: Servers) -> None:
    """Whatever its max-scale says: one machine has other work."""
    async with bench(tmp_path, servers.kafka_bootstrap, concurrency=1, max_scale=9, window="6s") as toy:
        toy.recorder.hold()
        await toy.publish("e1", "e2", "e3", "e4")
        await toy.until_status(ready=MOST_INSTANCES, queued=4 - MOST_INSTANCES, peak_instances=MOST_INSTANCES)
        toy.recorder.release()
        await toy.until_status(lag=0)


async def test_function_that_fails_to_start_is_started_again(tmp_path: Path, servers: Servers) -> None:
    """The event waits for it; the failure is in the log."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        toy.mark.unlink()
        await toy.publish("e1")
        await toy.until_status(lag=0, ready=1, cold_starts=1, dead_letters=0)
        assert toy.recorder.ids == ["e1"]
        assert any("instance_ended" in line for line in toy.output)
        assert any(line.endswith(" | toy fails this once") for line in toy.output)


async def test_runner_ended_leaves_no_process(tmp_path: Path, servers: Servers) -> None:
    """SIGTERM to the runner ends its instances."""
    async with bench(tmp_path, servers.kafka_bootstrap) as toy:
        await toy.publish("e1")
        await toy.requests(1)
        assert await toy.stop() == 0
        assert not is_running(toy.recorder.requests[0].pid)
