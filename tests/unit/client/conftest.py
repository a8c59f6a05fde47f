"""Scripted gateways and an HTTP pool for the client's tests."""

import random
from collections.abc import AsyncIterator

import aiohttp
import pytest

from shared.client.http import Gateways, open_http
from tests.unit.client.scripted_gateway import ScriptedGateway


@pytest.fixture
async def gateway() -> AsyncIterator[ScriptedGateway]:
    scripted = ScriptedGateway()
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def other_gateway() -> AsyncIterator[ScriptedGateway]:
    scripted = ScriptedGateway()
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_http() as session:
        yield session


@pytest.fixture
def gateways(http: aiohttp.ClientSession, gateway: ScriptedGateway, other_gateway: ScriptedGateway) -> Gateways:
    """Both, the first one first."""
    return Gateways(http, [gateway.url, other_gateway.url], rng=random.Random(7))
