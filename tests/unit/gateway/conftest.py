"""The gateway's tests run on uvloop, as the gateway does: write buffers and back-pressure are its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest
import uvloop

from tests.unit.gateway.stage import Running, Stage, staged


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as ready:
        yield ready


@pytest.fixture
async def gateway(stage: Stage) -> Running:
    return await stage.start()
