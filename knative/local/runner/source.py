"""A KafkaSource: brings the events of its topics to one function, unordered, each at least once.

An offset is committed only when everything below it was delivered or is an acknowledged dead letter. What is in
flight is bounded; beyond the bound nothing more is read.
"""

import asyncio
import time
import zlib
from collections.abc import Collection, Mapping
from typing import Any, Protocol

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from knative.local.runner.cloudevent import CloudEvent, Record, event_of, http_headers
from knative.local.runner.consumers import EndOffsets, stop_consumer
from knative.local.runner.deadletter import DeadLetters
from knative.local.runner.delivery import Answer, Failure, deliver
from knative.local.runner.manifests import KafkaSink, KafkaSource
from knative.local.runner.offsets import PartitionProgress

# Knative's dispatcher polls 50 records and polls again below 50 in flight: 99 at most, for each of its consumers.
IN_FLIGHT_PER_CONSUMER = 100
COMMIT_INTERVAL_S = 5.0
_COMMIT_TIMEOUT_S = 3.0
_POLL_MS = 1_000
# How long the broker holds a fetch that finds nothing. It delays nothing while the buffer is drained at once, and
# bounds how long a partition waits behind empty ones when it was not.
_FETCH_WAIT_MS = 200
_RECONNECT_PAUSE_S = 1.0
_POSITION_TIMEOUT_S = 1.0
# A fetch is answered every _FETCH_WAIT_MS; while Kafka is away aiokafka tries until it is back.
_SILENCE_S = 30.0
# A static member: a runner that was killed and started again takes its place over at once, without the session
# time-out of its predecessor. Kafka gives it the same partitions without a look at its topics, so a source with
# other topics than before must be another member: _member_of.
_MEMBER = "local-runner"
# Retries may hold all places for minutes; no other consumer could do better, so the group is not left for that.
_MAX_POLL_INTERVAL_MS = 86_400_000

_log = structlog.get_logger()


class SourceDied(Exception):
    """A part of aiokafka ended that never should. It ends the runner, whose next start delivers what is open."""


class Receiver(Protocol):
    """Whoever takes the events: a revision here, or a Service elsewhere."""

    async def request(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """One try. Raises Unreachable."""


class Source:
    """`destination` is what a dead letter names as the place that could not be reached."""

    def __init__(
        self,
        manifest: KafkaSource,
        *,
        bootstrap: str,
        ends: EndOffsets,
        receiver: Receiver,
        dead_letters: DeadLetters,
        dead_letter_sink: KafkaSink | None,
        destination: str,
    ) -> None:
        self.name = manifest.name
        self.function = manifest.spec.sink.ref.name
        self.dead_letters = 0
        self.joined = asyncio.Event()
        self._spec = manifest.spec
        self._bootstrap = bootstrap
        self._ends = ends
        self._receiver = receiver
        self._sink = dead_letter_sink
        self._sink_writer = dead_letters
        self._destination = destination
        self._uri = f"/apis/v1/namespaces/local/kafkasources/{manifest.name}"
        self._limit = max(1, manifest.spec.consumers) * IN_FLIGHT_PER_CONSUMER
        self._in_flight = 0
        self._room = asyncio.Event()
        self._progress: dict[TopicPartition, PartitionProgress] = {}
        self._consumer: Any = None
        self._unheard_since_s: float | None = None
        self._stopping = asyncio.Event()
        self._grace_s = 0.0

    async def run(self) -> None:
        """Read and deliver until `stop`. Survives Kafka's absence."""
        try:
            async with asyncio.timeout(None) as deadline, asyncio.TaskGroup() as work:
                reading = work.create_task(self._read(work))
                committing = work.create_task(self._commit_regularly())
                stopping = work.create_task(self._stopping.wait())
                await asyncio.wait({reading, committing, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not self._stopping.is_set():
                    raise SourceDied(f"{self.name}: expected to read until stopped, got cancelled from within")
                reading.cancel()
                committing.cancel()
                deadline.reschedule(asyncio.get_running_loop().time() + self._grace_s)
        except TimeoutError:
            _log.warning("deliveries_unfinished", source=self.name, in_flight=self._in_flight)
        finally:
            await self._disconnect()

    def stop(self, grace_s: float) -> None:
        """Read no more; what is in flight may finish for `grace_s`. The rest is delivered again by a later run."""
        self._grace_s = grace_s
        self._stopping.set()

    @property
    def partitions(self) -> frozenset[TopicPartition]:
        """Those that are assigned to it now; empty while it is not connected."""
        return frozenset(self._consumer.assignment()) if self._consumer is not None else frozenset()

    async def lag(self, ends: Mapping[TopicPartition, int]) -> int | None:
        """Records before `ends` not delivered yet, those in flight included; None while that is unknown."""
        if not self.partitions:
            return None
        try:
            async with asyncio.timeout(_POSITION_TIMEOUT_S):
                return sum(
                    [max(0, ends[one] - await self._position(one)) for one in self.partitions if one in ends]
                )
        except (KafkaError, TimeoutError):
            return None

    async def _position(self, partition: TopicPartition) -> int:
        """Up to where everything is finished."""
        progress = self._progress.get(partition)
        position = progress.position if progress is not None else None
        return int(await self._consumer.position(partition)) if position is None else position

    async def _read(self, work: asyncio.TaskGroup) -> None:
        while True:
            try:
                await self._connect()
                await self._poll(work)
            except (KafkaError, OSError) as error:
                _log.warning("source_reconnects", source=self.name, error=f"{type(error).__name__}: {error}")
                await self._disconnect()
                await asyncio.sleep(_RECONNECT_PAUSE_S)

    async def _connect(self) -> None:
        self._consumer = consumer = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap,
            group_id=self._spec.consumer_group,
            group_instance_id=_member_of(self._spec.topics),
            client_id=f"{_MEMBER}-{self.name}",
            auto_offset_reset=self._spec.initial_offset,
            enable_auto_commit=False,
            fetch_max_wait_ms=_FETCH_WAIT_MS,
            max_poll_interval_ms=_MAX_POLL_INTERVAL_MS,
        )
        consumer.subscribe(self._spec.topics, listener=_Revocations(self))
        await consumer.start()
        self.joined.set()
        _log.info("source_joined", source=self.name, group=self._spec.consumer_group, topics=self._spec.topics)

    async def _disconnect(self) -> None:
        """Commit what can be and leave; Kafka may be away, so all of it within a bounded time."""
        consumer, self._consumer = self._consumer, None
        if consumer is None:
            return
        await self._commit(consumer, self._progress)
        self._progress.clear()
        if not await stop_consumer(consumer):
            _log.warning("source_left_uncleanly", source=self.name)

    async def _poll(self, work: asyncio.TaskGroup) -> None:
        while True:
            if self._in_flight >= self._limit:
                self._room.clear()
                await self._room.wait()
            batches = await self._consumer.getmany(timeout_ms=_POLL_MS, max_records=self._limit - self._in_flight)
            if not batches:
                await self._check_fetching()
            for partition, records in batches.items():
                progress = self._progress.setdefault(partition, PartitionProgress())
                for record in records:
                    progress.began(record.offset)
                    self._in_flight += 1
                    work.create_task(self._deliver(record, progress))

    async def _check_fetching(self) -> None:
        """After an empty poll. Raises SourceDied when Kafka answers all the while, but no fetch."""
        now_s, partitions = time.time(), self.partitions
        fetched_ms = max((self._consumer.last_poll_timestamp(one) or 0 for one in partitions), default=0)
        unheard = bool(partitions) and now_s - fetched_ms / 1000 > _SILENCE_S
        if not unheard or await self._ends.of(partitions) is None:
            self._unheard_since_s = None
        elif self._unheard_since_s is None:
            self._unheard_since_s = now_s
        elif now_s - self._unheard_since_s > _SILENCE_S:
            raise SourceDied(f"{self.name}: expected fetches to be answered, as Kafka answers otherwise")

    async def _deliver(self, record: Record, progress: PartitionProgress) -> None:
        """One record, until delivered or a dead letter. `progress` is of the assignment that it came under."""
        try:
            event = event_of(record, source=self._uri)
            headers = http_headers(event)
            failure = await deliver(lambda: self._receiver.request(headers, event.body), self._spec.delivery)
            if failure is not None:
                await self._bury(event, failure)
            progress.finished(record.offset)
        finally:
            self._in_flight -= 1
            self._room.set()

    async def _bury(self, event: CloudEvent, failure: Failure) -> None:
        status = failure.answer.status if failure.answer is not None else None
        attributes = event.attributes
        fields = {"event.id": attributes["id"], "event.type": attributes["type"], "attempts": failure.attempts}
        if self._sink is None:
            _log.error("event_lost", source=self.name, status=status, **fields)
            return
        await self._sink_writer.write(self._sink, event, failure, destination=self._destination)
        self.dead_letters += 1
        _log.warning("event_dead_lettered", source=self.name, status=status, **fields)

    async def _commit_regularly(self) -> None:
        while True:
            await asyncio.sleep(COMMIT_INTERVAL_S)
            if self._consumer is not None:
                await self._commit(self._consumer, self._progress)

    async def revoked(self, partitions: Collection[TopicPartition]) -> None:
        """These partitions go to another consumer: commit and forget them. What is in flight comes twice."""
        leaving = {tp: self._progress[tp] for tp in partitions if tp in self._progress}
        await self._commit(self._consumer, leaving)
        for partition in leaving:
            self._progress.pop(partition, None)

    async def _commit(self, consumer: Any, progress: dict[TopicPartition, PartitionProgress]) -> None:
        """A commit that fails is made up for by the next; at worst its events are delivered again."""
        moved = {tp: one.position for tp, one in progress.items() if one.position not in {None, one.committed}}
        if not moved:
            return
        try:
            async with asyncio.timeout(_COMMIT_TIMEOUT_S):
                await consumer.commit(moved)
        except (KafkaError, OSError, TimeoutError) as error:
            _log.warning("commit_failed", source=self.name, error=f"{type(error).__name__}: {error}")
            return
        for partition, position in moved.items():
            if partition in progress:
                progress[partition].committed = position


def _member_of(topics: Collection[str]) -> str:
    return f"{_MEMBER}-{zlib.crc32(' '.join(sorted(topics)).encode()):08x}"


class _Revocations(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """Tells the source what it loses."""

    def __init__(self, source: Source) -> None:
        self._source = source

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        await self._source.revoked(revoked)

    def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Nothing: the first record of a partition makes its progress."""
