"""Makes the topics of the KafkaTopic manifests, as Strimzi does: creates, adds partitions, deletes nothing."""

import asyncio
from collections.abc import Collection
from typing import Any

import structlog
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from knative.local.runner.manifests import KafkaTopic

_PAUSE_S = 0.2
_TIMEOUT_MS = 15_000

_log = structlog.get_logger()


async def ensure_topics(bootstrap: str, topics: Collection[KafkaTopic]) -> None:
    """Returns once all of them are there, however long Kafka takes to come. Idempotent."""
    waited = False
    while True:
        try:
            await _ensured(bootstrap, topics)
        except (KafkaError, OSError) as error:
            if not waited:
                _log.info("waiting_for_kafka", bootstrap=bootstrap, error=f"{type(error).__name__}: {error}")
            waited = True
            await asyncio.sleep(_PAUSE_S)
        else:
            return


async def _ensured(bootstrap: str, topics: Collection[KafkaTopic]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=_TIMEOUT_MS)
    try:
        await admin.start()
        there = {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics()}
        missing = [_new(topic) for topic in topics if topic.name not in there]
        if missing:
            _raise_errors(await admin.create_topics(missing, timeout_ms=_TIMEOUT_MS))
        grown = {
            topic.name: NewPartitions(total_count=topic.spec.partitions)
            for topic in topics
            if there.get(topic.name, topic.spec.partitions) < topic.spec.partitions
        }
        if grown:
            await admin.create_partitions(grown)
    finally:
        await admin.close()


def _new(topic: KafkaTopic) -> NewTopic:
    return NewTopic(
        name=topic.name,
        num_partitions=topic.spec.partitions,
        replication_factor=topic.spec.replicas,
        topic_configs={name: str(value) for name, value in topic.spec.config.items()},
    )


def _raise_errors(response: Any) -> None:
    for name, code, *_ in response.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise error(f"topic {name}")
