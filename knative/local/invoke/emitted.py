"""What came into the topics between two moments."""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import msgspec
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

_POLL_MS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EmittedEvent:
    """A record in CloudEvents' binary mode. `data` is what its JSON says."""

    topic: str
    attributes: dict[str, str]
    data: Any


class Emitted:
    """Notes where the topics end when it is entered. By nobody's consumer group."""

    def __init__(self, bootstrap: str, topics: tuple[str, ...]) -> None:
        self._consumer: Any = AIOKafkaConsumer(*topics, bootstrap_servers=bootstrap, enable_auto_commit=False)

    async def __aenter__(self) -> Self:
        await self._consumer.start()
        for partition, end in (await self._consumer.end_offsets(self._consumer.assignment())).items():
            self._consumer.seek(partition, end)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._consumer.stop()

    async def until_now(self, *, source: str, subject: str) -> list[EmittedEvent]:
        """What `source` emitted about `subject`, up to the topics' ends at the moment of the call."""
        ends: dict[TopicPartition, int] = await self._consumer.end_offsets(self._consumer.assignment())
        found: list[EmittedEvent] = []
        while any([await self._consumer.position(partition) < end for partition, end in ends.items()]):
            batches = await self._consumer.getmany(timeout_ms=_POLL_MS)
            found += [_event(record) for records in batches.values() for record in records]
        return [
            event
            for event in found
            if event.attributes.get("source") == source and event.attributes.get("subject") == subject
        ]


def _event(record: ConsumerRecord) -> EmittedEvent:
    attributes = {
        name.removeprefix("ce_"): value.decode("utf-8", "replace")
        for name, value in record.headers
        if name.startswith("ce_")
    }
    return EmittedEvent(topic=record.topic, attributes=attributes, data=_json(record.value or b""))


def _json(value: bytes) -> Any:
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value.decode("utf-8", "replace")
