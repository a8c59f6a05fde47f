"""The KafkaSinks: where events go that could not be delivered, with Knative's attributes that say why."""

import asyncio
import base64
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from knative.local.runner.cloudevent import CloudEvent, record_headers
from knative.local.runner.delivery import Failure
from knative.local.runner.manifests import KafkaSink

ERROR_DATA_BYTES = 1024
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

        Knative gives up here and loses the event.
        """
        headers = record_headers(event, error_attributes(failure, destination=destination))
        key = event.attributes.get("partitionkey", "").encode() or None
        pause_s = _FIRST_PAUSE_S
        while not await self._written(sink.spec.topic, event.body, key, headers):
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LAST_PAUSE_S)

    async def stop(self) -> None:
        """Idempotent."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def _written(
        self, topic: str, value: bytes, key: bytes | None, headers: list[tuple[str, bytes]]
    ) -> bool:
        try:
            async with asyncio.timeout(_WRITE_TIMEOUT_S):
                producer = await self._connected()
                await producer.send_and_wait(topic, value, key=key, headers=headers)
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
