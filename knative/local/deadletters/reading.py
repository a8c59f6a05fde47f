"""Reads quiz.dead-letters from its beginning to where it ends at the moment of the call, by nobody's group."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from knative.local.deadletters.letter import DeadLetter, Selection, letter_of
from knative.local.runner.consumers import stop_consumer
from shared.events.catalog import DEAD_LETTERS

_POLL_MS = 200
_BATCH = 200  # of at most 1 MiB each: bounds what is held at a time
_CONNECT_WITHIN_S = 10.0
_SILENCE_S = 15.0


class LettersUnreadable(Exception):
    """Kafka does not answer, or the topic is not there."""


async def letters(
    bootstrap: str, selection: Selection, *, security: dict[str, Any], topic: str = DEAD_LETTERS
) -> AsyncIterator[DeadLetter]:
    """The chosen ones, in each partition's order. `security`: aiokafka's options. Raises LettersUnreadable."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        **security,
    )
    try:
        async with asyncio.timeout(_CONNECT_WITHIN_S):
            await consumer.start()
        async for letter in _until_now(consumer):
            if selection.takes(letter):
                yield letter
    except (KafkaError, OSError, TimeoutError) as error:
        raise LettersUnreadable(f"Kafka at {bootstrap}: {type(error).__name__}: {error}") from error
    finally:
        await stop_consumer(consumer)


async def _until_now(consumer: Any) -> AsyncIterator[DeadLetter]:
    ends: dict[TopicPartition, int] = await consumer.end_offsets(consumer.assignment())
    heard_s = time.monotonic()
    while any([await consumer.position(partition) < end for partition, end in ends.items()]):
        batches = await consumer.getmany(timeout_ms=_POLL_MS, max_records=_BATCH)
        if batches:
            heard_s = time.monotonic()
        elif time.monotonic() - heard_s > _SILENCE_S:
            raise TimeoutError(f"expected the rest of the topic, got nothing for {_SILENCE_S:.0f} s")
        for partition, records in batches.items():
            for record in records:
                if record.offset < ends[partition]:
                    yield letter_of(record)
