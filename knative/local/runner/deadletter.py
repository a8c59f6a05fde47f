"""The KafkaSinks: where events go that could not be delivered, with Knative's attributes that say why."""

import asyncio
import base64
from dataclasses import replace
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from knative.local.runner.cloudevent import CloudEvent, record_headers
from knative.local.runner.delivery import Failure
from knative.local.runner.manifests import KafkaSink

ERROR_DATA_BYTES = 1024
# Of an event that Kafka takes, but not with the reasons added: this much is kept, and how long its body was.
MOST_ATTRIBUTES, MOST_ATTRIBUTE_CHARS = 50, 1024
BODY_BYTES = "quizlinebodybytes"
_WRITE_TIMEOUT_S = 10.0
_FIRST_PAUSE_S, _LAST_PAUSE_S = 0.2, 5.0

_log = structlog.get_logger()


def error_attributes(failure: Failure, *, destination: str) -> dict[str, str]:
    """As Knative's dispatcher adds them: without an answer only the destination is known; the body in base64."""
    attributes = {"knativeerrordest": destination}
    if failure.answer is not None:
        attributes["knativeerrorcode"] = str(failure.answer.status)
        if failure.answer.body:
            data = base64.b64encode(failure.answer.body[:ERROR_DATA_BYTES]).decode()
            attributes["knativeerrordata"] = data
    return attributes


class DeadLetters:
    """Writes dead letters, acks=all. Connects at the first one."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._producer: Any = None
        self._connecting = asyncio.Lock()

    async def write(self, sink: KafkaSink, event: CloudEvent, failure: Failure, *, destination: str) -> None:
        """Returns once Kafka has it, however long that takes: until then the event's offset stays uncommitted.

        Knative gives up here and loses the event. One that is too large as a dead letter is written without its
        body, which still stands in its topic, at the partition and offset among the attributes.
        """
        reasons = error_attributes(failure, destination=destination)
        try:
            await self._until_written(sink.spec.topic, event, reasons)
        except MessageSizeTooLargeError:
            size = {BODY_BYTES: str(len(event.body))}
            await self._until_written(sink.spec.topic, _shortened(event), {**reasons, **size})

    async def stop(self) -> None:
        """Idempotent."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def _until_written(self, topic: str, event: CloudEvent, more: dict[str, str]) -> None:
        """Raises MessageSizeTooLargeError, as no later try would be shorter."""
        headers = record_headers(event, more)
        key = event.attributes.get("partitionkey", "").encode(errors="replace") or None
        pause_s = _FIRST_PAUSE_S
        while not await self._written(topic, event.body, key, headers):
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LAST_PAUSE_S)

    async def _written(
        self, topic: str, value: bytes, key: bytes | None, headers: list[tuple[str, bytes]]
    ) -> bool:
        try:
            async with asyncio.timeout(_WRITE_TIMEOUT_S):
                producer = await self._connected()
                await producer.send_and_wait(topic, value, key=key, headers=headers)
        except MessageSizeTooLargeError:
            raise
        except (KafkaError, TimeoutError, OSError) as error:
            _log.warning("dead_letter_waits_for_kafka", topic=topic, error=f"{type(error).__name__}: {error}")
            return False
        return True

    async def _connected(self) -> Any:
        async with self._connecting:
            if self._producer is None:
                producer = AIOKafkaProducer(bootstrap_servers=self._bootstrap, acks="all", linger_ms=0)
                try:
                    await producer.start()
                except BaseException:
                    await producer.stop()
                    raise
                self._producer = producer
        return self._producer


def _shortened(event: CloudEvent) -> CloudEvent:
    """Without its body, and with attributes that fit; those that the source added are the last and stay."""
    kept = list(event.attributes.items())
    if len(kept) > MOST_ATTRIBUTES:
        half = MOST_ATTRIBUTES // 2
        kept = [*kept[:half], *kept[-half:]]
    return replace(event, attributes={name: value[:MOST_ATTRIBUTE_CHARS] for name, value in kept}, body=b"")
