"""Lua scripts on the real server: calls that go out together, each with its own outcome."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from shared.adapters.redis.script import Script
from shared.domain.errors import TransientFailure
from tests.servers import Servers

CALLS = 20


@pytest.fixture
async def redis(servers: Servers) -> AsyncIterator[Redis]:
    client = Redis.from_url(servers.redis_url)
    yield client
    await client.aclose()


async def put(script: Script, key: str, version: str = "1") -> None:
    await script(keys=[key], args=(version, b"body of " + key.encode(), 60))


async def test_calls_together_that_the_server_has_no_script_of_all_succeed(redis: Redis) -> None:
    """A server that was started anew has lost it: the first of the calls brings it back for all."""
    script, prefix = Script(redis, "session_put"), uuid.uuid4().hex
    await redis.script_flush()
    await asyncio.gather(*(put(script, f"{prefix}:{number}") for number in range(CALLS)))
    found = [await redis.hget(f"{prefix}:{number}", "body") for number in range(CALLS)]
    assert found == [f"body of {prefix}:{number}".encode() for number in range(CALLS)]


async def test_call_that_fails_among_others_fails_its_own_caller_only(redis: Redis) -> None:
    """The others have run, and get their replies."""
    script, prefix = Script(redis, "session_put"), uuid.uuid4().hex
    await redis.set(f"{prefix}:7", "no hash")
    outcomes = await asyncio.gather(
        *(put(script, f"{prefix}:{number}") for number in range(CALLS)), return_exceptions=True
    )
    failed = {number: outcome for number, outcome in enumerate(outcomes) if outcome is not None}
    assert list(failed) == [7]
    assert isinstance(failed[7], TransientFailure)
