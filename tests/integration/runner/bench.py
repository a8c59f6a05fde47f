"""The runner as a process of its own, with one toy function, its topics and its group on real Kafka."""

import asyncio
import json
import signal
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from knative.local.ports import free_ports
from knative.local.runner.manifests import load
from knative.local.runner.topics import ensure_topics
from tests.integration.runner.recorder import DEADLINE_S, POLL_S, Recorder, recording, until

ROOT = Path(__file__).parents[3]
PARTITIONS = 3
MOST_INSTANCES = 2


class Bench:
    """`recorder` answers for the function. `output`: what the runner printed, lines of instances included.

    Without the file `mark` the function's next start fails, and makes it.
    """

    def __init__(self, folder: Path, *, bootstrap: str, recorder: Recorder, http: aiohttp.ClientSession) -> None:
        name = uuid.uuid4().hex
        self.topic, self.dead_letter_topic, self.group = f"toy.{name}", f"dead.{name}", f"group-{name}"
        self.bootstrap = bootstrap
        self.recorder = recorder
        self.output: list[str] = []
        [self._port] = free_ports(1)
        self.mark = folder / "starts"
        self.mark.touch()
        self._folder = folder
        self._http = http
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def write_manifests(self, *, window: str, concurrency: int, max_scale: int, retry: int) -> None:
        """As under knative/base, in small."""
        text = (Path(__file__).parent / "toy.yaml").read_text()
        for key, value in {
            "WINDOW": window,
            "CONCURRENCY": concurrency,
            "MAX_SCALE": max_scale,
            "RETRY": retry,
            "DEAD_TOPIC": self.dead_letter_topic,
            "TOPIC": self.topic,
            "GROUP": self.group,
            "PARTITIONS": PARTITIONS,
            "MARK": self.mark,
        }.items():
            text = text.replace(f"@{key}@", str(value))
        (self._folder / "toy.yaml").write_text(text)
        values = {"configMap": {"QUIZLINE_KAFKA_BOOTSTRAP": self.bootstrap, "TOY_RECORDER": self.recorder.url}}
        (self._folder / "values.json").write_text(json.dumps(values))

    async def start(self, *more: str) -> None:
        """Return once its source has joined the group. `more`: arguments beyond the usual ones."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "knative.local.runner", "--manifests", str(self._folder)),
            *("--port", str(self._port), "--values", str(self._folder / "values.json")),
            *("--max-instances", str(MOST_INSTANCES), *more),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=ROOT,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        await self.until_async(self._healthy)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """The exit code. Idempotent."""
        assert self._process is not None
        assert self._reading is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        async with asyncio.timeout(DEADLINE_S):
            code = await self._process.wait()
            await self._reading
        return code

    async def publish(self, *ids: str, partition: int | None = None) -> None:
        """One event for each id, acknowledged."""
        headers = [("ce_specversion", b"1.0"), ("ce_source", b"/test"), ("ce_type", b"toy.happened")]
        more = ("content-type", b"application/json")
        await self.write(
            *([*headers, ("ce_id", event_id.encode()), more] for event_id in ids), value=b"{}", partition=partition
        )

    async def write(
        self,
        *records: list[tuple[str, bytes]],
        value: bytes,
        key: bytes | None = None,
        partition: int | None = None,
    ) -> None:
        """One record for each list of headers."""
        async with AIOKafkaProducer(bootstrap_servers=self.bootstrap, acks="all") as producer:
            for headers in records:
                await producer.send_and_wait(self.topic, value, key=key, headers=headers, partition=partition)

    async def dead_letter(self) -> tuple[dict[str, str], bytes]:
        """Headers and value of the first one."""
        consumer = AIOKafkaConsumer(bootstrap_servers=self.bootstrap, auto_offset_reset="earliest")
        consumer.assign([TopicPartition(self.dead_letter_topic, 0)])
        async with asyncio.timeout(DEADLINE_S), consumer:
            record = await consumer.getone()
        return {name: value.decode() for name, value in record.headers}, record.value

    async def status(self) -> dict[str, Any]:
        """That of the toy function."""
        async with self._http.get(f"{self.url}/status") as answer:
            functions: dict[str, dict[str, Any]] = (await answer.json())["functions"]
        return functions["toy"]

    async def until_status(self, **expected: int) -> None:
        """Wait until the function's status has these values."""

        async def has_them() -> bool:
            status = await self.status()
            return all(status[name] == value for name, value in expected.items())

        await self.until_async(has_them)

    async def until_async(self, condition: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(DEADLINE_S):
            while not await condition():  # noqa: ASYNC110 - it is another process's doing
                await asyncio.sleep(POLL_S)

    async def requests(self, count: int) -> None:
        """Wait until the function got that many."""
        await until(lambda: len(self.recorder.requests) >= count)

    async def _healthy(self) -> bool:
        assert self._process is not None
        assert self._process.returncode is None, "\n".join(self.output)
        try:
            async with self._http.get(f"{self.url}/healthz") as answer:
                return answer.status == 200
        except aiohttp.ClientConnectionError:
            return False

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.output.append(line.decode().rstrip())


@asynccontextmanager
async def bench(
    folder: Path,
    bootstrap: str,
    *,
    window: str = "60s",
    concurrency: int = 100,
    max_scale: int = 1,
    retry: int = 3,
    sink_host: str | None = None,
) -> AsyncIterator[Bench]:
    """A running bench; nothing of it is left afterwards.

    With `sink_host` it is the source half alone, and the recorder stands at the Service's address.
    """
    async with recording() as recorder, aiohttp.ClientSession() as http:
        made = Bench(folder, bootstrap=bootstrap, recorder=recorder, http=http)
        made.write_manifests(window=window, concurrency=concurrency, max_scale=max_scale, retry=retry)
        await ensure_topics(bootstrap, load(folder).topics.values())
        half = ("--sources-only", f"--sink-url={recorder.url}", f"--sink-host={sink_host}") if sink_host else ()
        await made.start(*half)
        try:
            yield made
        finally:
            recorder.release()
            await made.stop()


def is_running(pid: int) -> bool:
    """A zombie is not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
