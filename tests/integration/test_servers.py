"""The embedded servers keep what they acknowledged over kill -9, and come back at their address."""

import uuid

import aiokafka
import aiokafka.errors
import pymongo
import pytest
import redis.asyncio

from tests.servers import Servers


async def test_kafka_killed_and_restarted_keeps_acknowledged_records(servers: Servers) -> None:
    """A record that Kafka acknowledged is there after kill -9, at the same address."""
    topic = f"test.{uuid.uuid4().hex}"
    await servers.create_topic(topic, partitions=1)
    async with aiokafka.AIOKafkaProducer(bootstrap_servers=servers.kafka_bootstrap, acks="all") as producer:
        await producer.send_and_wait(topic, b"kept")

    await servers.kill("kafka")
    await servers.restart("kafka")

    consumer = aiokafka.AIOKafkaConsumer(
        topic, bootstrap_servers=servers.kafka_bootstrap, auto_offset_reset="earliest"
    )
    async with consumer:
        assert (await consumer.getone()).value == b"kept"


async def test_kafka_unknown_topic_is_not_created(servers: Servers) -> None:
    """A mistyped topic is an error, not a new topic."""
    topic = f"test.{uuid.uuid4().hex}"
    producer = aiokafka.AIOKafkaProducer(bootstrap_servers=servers.kafka_bootstrap, request_timeout_ms=1_000)
    async with producer:
        with pytest.raises(aiokafka.errors.KafkaError):
            await producer.send_and_wait(topic, b"nowhere")


async def test_mongodb_killed_and_restarted_keeps_acknowledged_writes(servers: Servers) -> None:
    """A write that MongoDB acknowledged is there after kill -9, at the same address."""
    async with pymongo.AsyncMongoClient[dict[str, object]](
        servers.mongodb_url, serverMonitoringMode="poll"
    ) as client:
        database = client[f"test_{uuid.uuid4().hex}"]
        await database["kept"].insert_one({"_id": 1, "text": "kept"})

        await servers.kill("mongodb")
        await servers.restart("mongodb")

        assert await database["kept"].find_one({"_id": 1}) == {"_id": 1, "text": "kept"}


async def test_redis_killed_and_restarted_comes_back_empty(servers: Servers) -> None:
    """Redis holds only what can be rebuilt, so it keeps nothing over a restart."""
    key = uuid.uuid4().hex
    async with redis.asyncio.from_url(servers.redis_url) as client:
        await client.set(key, "gone")

    await servers.kill("redis")
    await servers.restart("redis")

    async with redis.asyncio.from_url(servers.redis_url) as client:
        assert await client.get(key) is None
