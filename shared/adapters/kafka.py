"""Kafka: the one way out for events. The only module that imports aiokafka's producer."""

import asyncio
import ssl
from collections.abc import Coroutine
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, ProducerClosed

from shared.config import KafkaSecurity
from shared.domain.errors import TransientFailure
from shared.events.codec import Record, to_record
from shared.events.event import Event

# Longer than an election or a restart of one broker takes, shorter than a source's delivery time-out.
DELIVERY_TIMEOUT_S = 8.0
REQUEST_TIMEOUT_MS = 5_000
STOP_TIMEOUT_S = 1.0
PING_TIMEOUT_S = 4.0
# aiokafka takes this as the time between two requests to a broker: a lone event goes out at once, and while
# answers come they share requests, and fetches behind them. Each costs many times what an event in it does.
LINGER_MS = 2
# An event is small; a poisoned one must not be able to fill the log.
MAX_REQUEST_BYTES = 900_000


class KafkaPublisher:
    """Implements shared.ports.publisher.Publisher: idempotent producer, acks=all.

    Connects on first use, on the running loop. After a failure the producer is made anew: an idempotent producer
    that lost its place in a partition's sequence never finds it again.
    """

    def __init__(self, bootstrap: str, *, client_id: str, security: KafkaSecurity) -> None:
        self._bootstrap = bootstrap
        self._security = security
        self._client_id = client_id
        self._producer: Any = None
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Connect now rather than at the first event. Raises TransientFailure."""
        await self._started()

    async def ping(self) -> None:
        """Returns if a broker answers. Raises TransientFailure if none does, in bounded time; the next call looks
        for the brokers anew, by the bootstrap addresses.
        """
        producer = await self._started()
        try:
            async with asyncio.timeout(PING_TIMEOUT_S):
                await producer.client.fetch_all_metadata()
        except (KafkaError, TimeoutError, OSError) as error:
            await self._abandon(producer)
            raise TransientFailure(f"Kafka: metadata: {type(error).__name__}: {error}") from error

    async def stop(self) -> None:
        """Send what is under way and disconnect. Idempotent."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def publish(self, *events: Event) -> None:
        records = [to_record(event) for event in events]
        producer = await self._started()
        try:
            async with asyncio.timeout(DELIVERY_TIMEOUT_S):
                await self._send(producer, records)
        except (KafkaError, TimeoutError, OSError) as error:
            await self._abandon(producer)
            raise TransientFailure(f"Kafka: produce: {type(error).__name__}: {error}") from error

    async def _send(self, producer: Any, records: list[Record]) -> None:
        acknowledged = [
            await producer.send(record.topic, record.value, key=record.key, headers=record.headers)
            for record in records
        ]
        await asyncio.gather(*acknowledged)

    async def _started(self) -> Any:
        if self._producer is not None:
            return self._producer
        async with self._starting:
            if self._producer is None:
                self._producer = await self._connected()
            return self._producer

    async def _connected(self) -> Any:
        producer = AIOKafkaProducer(
            **connection_options(self._security),
            bootstrap_servers=self._bootstrap,
            client_id=self._client_id,
            acks="all",
            enable_idempotence=True,
            linger_ms=LINGER_MS,
            request_timeout_ms=REQUEST_TIMEOUT_MS,
            max_request_size=MAX_REQUEST_BYTES,
        )
        try:
            async with asyncio.timeout(DELIVERY_TIMEOUT_S):
                await producer.start()
        except (KafkaError, TimeoutError, OSError) as error:
            await _discarded(producer)
            raise TransientFailure(f"Kafka: connect: {type(error).__name__}: {error}") from error
        return producer

    async def _abandon(self, producer: Any) -> None:
        """Forget a producer that failed; the next event gets a new one."""
        if self._producer is producer:
            self._producer = None
            await _discarded(producer)


def connection_options(security: KafkaSecurity) -> dict[str, Any]:
    """What aiokafka's clients take for it. Raises TransientFailure where the certificates cannot be read."""
    options: dict[str, Any] = {"security_protocol": security.protocol}
    if security.uses_tls:
        try:
            options["ssl_context"] = ssl.create_default_context(cafile=security.ca_file or None)
        except OSError as error:
            raise TransientFailure(f"Kafka: certificates of {security.ca_file}: {error}") from error
    if security.uses_sasl:
        options["sasl_mechanism"] = security.sasl_mechanism
        options["sasl_plain_username"] = security.username
        options["sasl_plain_password"] = security.password
    return options


async def _discarded(producer: Any) -> None:
    """Stop a producer whose broker may be away, for a bounded time, and leave no connection or task behind.

    stop() waits for batches that may never be acknowledged. Then its sender is ended first, after which nobody
    touches the batches, and they are failed, as aiokafka does when a sender dies: who waits for one tries again.
    """
    if await _within(STOP_TIMEOUT_S, producer.stop()):
        return
    await _within(STOP_TIMEOUT_S, producer._sender.close())
    producer._message_accumulator.fail_all(ProducerClosed())
    await producer.client.close()


async def _within(seconds: float, step: Coroutine[Any, Any, None]) -> bool:
    """Whether the step ended in time and without a fault of Kafka's."""
    try:
        async with asyncio.timeout(seconds):
            await step
    except (KafkaError, TimeoutError, OSError):
        return False
    return True
