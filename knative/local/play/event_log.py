"""What Kafka holds of one session, read from the beginning, by nobody's consumer group."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.adapters.kafka import connection_options
from shared.config import KafkaSecurity
from shared.domain.errors import MalformedEvent
from shared.events.codec import from_record
from shared.events.event import Event

POLL_MS = 200
MAX_RECORDS = 2_000


class EventLog:
    """All events of `session_id` in `topics`, as records: one that is in Kafka twice is here twice.

    `malformed` counts the session's records that break their contract; they are nobody's answer. Raises
    TransientFailure where `security` names certificates that cannot be read.
    """

    def __init__(
        self, bootstrap: str, *, session_id: str, topics: tuple[str, ...], security: KafkaSecurity | None = None
    ) -> None:
        self.events: list[Event] = []
        self.malformed = 0
        self._session_id = session_id.encode()
        self._consumer: Any = AIOKafkaConsumer(
            *topics,
            bootstrap_servers=bootstrap,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            **connection_options(security or KafkaSecurity()),
        )

    async def __aenter__(self) -> Self:
        await self._consumer.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._consumer.stop()

    async def read_until(self, complete: Callable[[], bool], *, timeout_s: float) -> bool:
        """Read on until `complete`, asked after each poll; False when it is not after `timeout_s` seconds."""
        give_up_s = time.monotonic() + timeout_s
        while not complete():
            if time.monotonic() > give_up_s:
                return False
            await self._poll()
        return True

    async def read_to_end(self, *, timeout_s: float) -> bool:
        """Read all that is in the topics at the moment of the call."""
        ends: dict[TopicPartition, int] = await self._consumer.end_offsets(self._consumer.assignment())
        positions = {partition: await self._consumer.position(partition) for partition in ends}
        give_up_s = time.monotonic() + timeout_s
        while any(positions[partition] < end for partition, end in ends.items()):
            if time.monotonic() > give_up_s:
                return False
            await self._poll()
            positions = {partition: await self._consumer.position(partition) for partition in ends}
        return True

    async def _poll(self) -> None:
        batches: dict[TopicPartition, list[ConsumerRecord]]
        batches = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=MAX_RECORDS)
        for records in batches.values():
            for record in records:
                self._take(record)

    def _take(self, record: ConsumerRecord) -> None:
        headers = dict(record.headers)
        if headers.get("ce_subject") == self._session_id and record.value is not None:
            try:
                self.events.append(from_record(headers, record.value))
            except MalformedEvent:
                self.malformed += 1
