"""The floor of one answer: what its parts cost alone on the same servers, with nothing of ours in between.

    python -m tests.performance.floor

CPU of the client (this process) and of the server, from the operating system's accounting. answer_cost.py measures
it in the same run as the pipeline, before and after: on a shared machine only the ratio of the two says something.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import aiohttp
import psutil
import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from motor.motor_asyncio import AsyncIOMotorClient
from redis.asyncio import Redis

from knative.local.ports import free_ports
from knative.local.runner.manifests import KafkaTopic, KafkaTopicSpec, Metadata
from knative.local.runner.runner import http_session
from knative.local.runner.topics import ensure_topics
from tests.servers import Servers

IN_FLIGHT = 20
BULK = 25
BODY = b'{"answer":"' + b"x" * 387 + b'"}'
UP_WITHIN_S = 30.0
# How often an answer needs each part.
SHARES = MappingProxyType({"produce": 4, "consume": 3, "hop": 3, "insert": 2, "script": 1})
# Adds once, and takes the tick's lock: what rank's script does at the least.
SCRIPT = """
local added = redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
if added == 1 then redis.call('ZINCRBY', KEYS[2], 1, ARGV[1]) end
return {added, redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', 50)}
"""

Step = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The servers, and the processes whose time counts."""

    kafka: str
    mongodb: str
    redis: str
    pids: dict[str, int]


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of CPU for one."""

    client_us: float
    server_us: float

    @property
    def sum_us(self) -> float:
        return self.client_us + self.server_us


async def measured_floor(place: Place, *, rounds: int) -> dict[str, Cost]:
    """By part. `rounds`: how many of each."""
    name = f"floor-{uuid.uuid4().hex}"
    spec = KafkaTopicSpec(partitions=3, replicas=1)
    await ensure_topics(place.kafka, [KafkaTopic(metadata=Metadata(name=name), spec=spec)])
    return {
        "produce": await _produce(place, name, rounds),
        "consume": await _consume(place, name, rounds),
        "hop": await _hop(rounds),
        "insert": await _insert(place, name, rounds),
        "script": await _script(place, name, rounds),
    }


def floor_us(costs: dict[str, Cost]) -> float:
    """One answer's."""
    return sum(times * costs[part].sum_us for part, times in SHARES.items())


async def _produce(place: Place, topic: str, rounds: int) -> Cost:
    producer = AIOKafkaProducer(bootstrap_servers=place.kafka, acks="all", enable_idempotence=True)
    await producer.start()
    try:

        async def step(number: int) -> None:
            await producer.send_and_wait(topic, BODY, key=str(number).encode())

        return await _cost(step, rounds, place.pids["kafka"])
    finally:
        await producer.stop()


async def _consume(place: Place, topic: str, rounds: int) -> Cost:
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=place.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        before, seen = _cpu_s(place.pids["kafka"]), 0
        while seen < rounds:
            batches = await consumer.getmany(timeout_ms=1_000, max_records=100)
            seen += sum(len(batch) for batch in batches.values())
        return _between(before, _cpu_s(place.pids["kafka"]), rounds)
    finally:
        await consumer.stop()


async def _hop(rounds: int) -> Cost:
    headers = {f"ce-{name}": "a-value-of-some-length" for name in ("id", "source", "subject", "traceparent")}
    headers |= {"ce-specversion": "1.0", "ce-type": "a.type", "content-type": "application/json"}
    async with _empty_function() as (url, pid), http_session() as session:

        async def step(number: int) -> None:
            async with session.post(url, data=BODY, headers=headers) as response:
                await response.read()

        return await _cost(step, rounds, pid)


async def _insert(place: Place, name: str, rounds: int) -> Cost:
    client: AsyncIOMotorClient[dict[str, object]] = AsyncIOMotorClient(place.mongodb, w="majority")
    collection = client[name]["documents"]
    text = BODY.decode()[:300]

    async def step(number: int) -> None:
        bulk: list[dict[str, object]] = [{"_id": f"{number}/{one}", "text": text} for one in range(BULK)]
        await collection.insert_many(bulk, ordered=False)

    try:
        bulks = max(40, rounds // BULK)
        cost = await _cost(step, bulks, place.pids["mongodb"], in_flight=4)
        return Cost(cost.client_us / BULK, cost.server_us / BULK)
    finally:
        await client.drop_database(name)
        client.close()


async def _script(place: Place, name: str, rounds: int) -> Cost:
    client = Redis.from_url(place.redis)
    script = client.register_script(SCRIPT)
    keys = [f"{name}:{part}" for part in ("results", "order", "tick")]

    async def step(number: int) -> None:
        await script(keys=keys, args=[number, 100])

    try:
        return await _cost(step, rounds, place.pids["redis"])
    finally:
        await client.delete(*keys)
        await client.aclose()


async def _cost(step: Step, rounds: int, pid: int, *, in_flight: int = IN_FLIGHT) -> Cost:
    """Of one `step`, after a tenth of them has warmed both sides."""
    await _together(step, range(rounds, rounds + max(in_flight, rounds // 10)), in_flight)
    before = _cpu_s(pid)
    await _together(step, range(rounds), in_flight)
    return _between(before, _cpu_s(pid), rounds)


async def _together(step: Step, numbers: range, in_flight: int) -> None:
    left = iter(numbers)

    async def work() -> None:
        for number in left:
            await step(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(work())


def _cpu_s(pid: int) -> tuple[float, float]:
    """Of this process and of the server."""
    own, server = resource.getrusage(resource.RUSAGE_SELF), psutil.Process(pid).cpu_times()
    return own.ru_utime + own.ru_stime, server.user + server.system


def _between(before: tuple[float, float], after: tuple[float, float], count: int) -> Cost:
    return Cost(*(1e6 * (end - begin) / count for begin, end in zip(before, after, strict=True)))


@asynccontextmanager
async def _empty_function() -> AsyncIterator[tuple[str, int]]:
    """Served as the manifests serve ours."""
    [port] = free_ports(1)
    environment = {
        **os.environ,
        "FUNCTION_SOURCE": str(Path(__file__).with_name("empty_function.py")),
        "FUNCTION_TARGET": "empty",
        "FUNCTION_SIGNATURE_TYPE": "cloudevent",
    }
    options = ("--lifespan", "on", "--no-access-log", "--log-level", "warning", "--port", str(port))
    command = (sys.executable, "-m", "uvicorn", "functions_framework.aio:app", *options)
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        await _opened(port)
        yield f"http://127.0.0.1:{port}/", process.pid
    finally:
        process.terminate()
        await process.wait()


async def _opened(port: int) -> None:
    give_up_s = time.monotonic() + UP_WITHIN_S
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < give_up_s:
            try:
                async with session.get(f"http://127.0.0.1:{port}/"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
    raise TimeoutError(f"expected the empty function on port {port} within {UP_WITHIN_S:g} s")


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.performance.floor", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        servers = Servers(Path(home))
        try:
            place = Place(
                kafka=servers.kafka_bootstrap,
                mongodb=servers.mongodb_url,
                redis=servers.redis_url,
                pids={name: servers.pid(name) for name in ("kafka", "mongodb", "redis")},
            )
            costs = uvloop.run(measured_floor(place, rounds=arguments.rounds))
        finally:
            servers.close()
    print(json.dumps(told(costs), indent=2))


def told(costs: dict[str, Cost]) -> dict[str, object]:
    """For people and for programs."""
    parts = {part: {"client": round(one.client_us), "server": round(one.server_us)} for part, one in costs.items()}
    return {"us": parts, "one_answer_us": round(floor_us(costs))}


if __name__ == "__main__":
    main()
