"""Puts dead letters back where their events came from: the same id, attributes and data, by the catalogue's topic
and key. Owns what may go back; what happens there is the functions' to say.
"""

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from knative.local.deadletters.letter import DeadLetter
from knative.local.runner.deadletter import BODY_BYTES
from shared.domain.errors import MalformedEvent
from shared.events.codec import Record, from_record

# A letter came through a broker whose limit is 1 MiB, and is smaller without the error's attributes.
_MAX_REQUEST_BYTES = 1_048_576


class ReplayFailed(Exception):
    """Kafka did not take a record; those told before it are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What became of one letter. `refusal` is why it stays where it is; empty when `topic` has it."""

    letter: DeadLetter
    topic: str = ""
    key: str = ""
    refusal: str = ""


def record_of(letter: DeadLetter) -> Record:
    """The record that the letter's event was. Raises MalformedEvent where no function could read it."""
    if BODY_BYTES in letter.attributes:
        raise MalformedEvent(
            f"expected the event's data, got a letter that left its {letter.attributes[BODY_BYTES]} bytes in the "
            "topic where it was, at knativekafkapartition and knativekafkaoffset"
        )
    headers = letter.original_headers
    event = from_record(headers, letter.value)
    return Record(event.type.topic, event.key.encode(), list(headers.items()), letter.value)


async def replay(
    letters: AsyncIterable[DeadLetter], *, bootstrap: str, security: dict[str, Any]
) -> AsyncIterator[Replayed]:
    """One after the other, each acknowledged by all replicas before it is told. Raises ReplayFailed."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=True,
        max_request_size=_MAX_REQUEST_BYTES,
        **security,
    )
    try:
        await producer.start()
        async for letter in letters:
            yield await _replayed(letter, producer)
    except (KafkaError, OSError) as error:
        raise ReplayFailed(f"Kafka at {bootstrap}: {type(error).__name__}: {error}") from error
    finally:
        await producer.stop()


async def _replayed(letter: DeadLetter, producer: Any) -> Replayed:
    try:
        record = record_of(letter)
    except MalformedEvent as error:
        return Replayed(letter=letter, refusal=str(error))
    try:
        await producer.send_and_wait(record.topic, record.value, key=record.key, headers=record.headers)
    except MessageSizeTooLargeError as error:
        return Replayed(letter=letter, refusal=f"expected at most {_MAX_REQUEST_BYTES} bytes: {error}")
    return Replayed(letter=letter, topic=record.topic, key=record.key.decode())
