"""The gateway as a process, and its view of Kafka, when what it stands on is away."""

import asyncio
import os
import sys

import pytest

from knative.local.ports import free_ports
from shared.adapters.kafka import KafkaPublisher
from shared.config import KafkaSecurity
from shared.domain.errors import TransientFailure
from tests.servers import Servers

WITHIN_S = 30.0
IMPATIENT = "import sys; from gateway.__main__ import main; sys.exit(main(parts_within_s=0.1))"


async def test_gateway_whose_parts_stay_away_ends_with_one_line_that_names_them() -> None:
    """Kubernetes starts it again; who looks finds the reason in the last line, and no stack."""
    kafka, mongodb, redis = free_ports(3)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", IMPATIENT),
        env={
            **os.environ,
            "QUIZLINE_KAFKA_BOOTSTRAP": f"127.0.0.1:{kafka}",
            "QUIZLINE_MONGODB_URL": f"mongodb://127.0.0.1:{mongodb}/?directConnection=true",
            "QUIZLINE_REDIS_URL": f"redis://127.0.0.1:{redis}/0",
            "QUIZLINE_TOKEN_SECRET": "s" * 40,
            "QUIZLINE_GATEWAY_ID": "gateway-0",
            "PORT": "0",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(WITHIN_S):
        printed, _ = await process.communicate()
    lines = printed.decode().splitlines()
    assert process.returncode == 1
    assert "Traceback" not in printed.decode()
    assert "gateway_gave_up" in lines[-1]
    assert "expected Redis and Kafka within 0.1 s, got" in lines[-1]


async def test_publisher_without_anything_to_publish_notices_that_kafka_is_away_and_back(servers: Servers) -> None:
    """A gateway that is idle must not call itself ready, and must become so again by itself."""
    publisher = KafkaPublisher(servers.kafka_bootstrap, client_id="idle", security=KafkaSecurity())
    try:
        await publisher.ping()
        await servers.kill("kafka")
        try:
            async with asyncio.timeout(WITHIN_S):
                for _ in range(2):
                    with pytest.raises(TransientFailure):
                        await publisher.ping()
        finally:
            await servers.restart("kafka")
        async with asyncio.timeout(WITHIN_S):
            await publisher.ping()
    finally:
        await publisher.stop()
