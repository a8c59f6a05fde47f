"""Creating Kafka topics; existing ones are left as they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a KafkaTopic manifest says of one topic. One node keeps one replica, whatever the manifest asks for."""

    name: str
    partitions: int
    settings: dict[str, str] = field(default_factory=dict)


class TopicError(Exception):
    """Kafka refused to create a topic; the message names it and gives Kafka's reason."""


async def ensure_topics(bootstrap: str, topics: Iterable[Topic]) -> None:
    """Idempotent. Raises TopicError."""
    from aiokafka.admin import AIOKafkaAdminClient, NewTopic
    from aiokafka.errors import NoError, TopicAlreadyExistsError, for_code

    wanted = [
        NewTopic(topic.name, num_partitions=topic.partitions, replication_factor=1, topic_configs=topic.settings)
        for topic in topics
    ]
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        response = await admin.create_topics(wanted)
    finally:
        await admin.close()
    for name, code, *reason in response.topic_errors:
        error = for_code(code)
        if error not in (NoError, TopicAlreadyExistsError):
            raise TopicError(f"{name}: {error.__name__} {' '.join(map(str, reason))}")
