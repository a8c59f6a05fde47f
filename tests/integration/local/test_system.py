"""The whole system as commands hold it: servers of your own, parts that come back, homes side by side."""

import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Self

import aiohttp
import pytest

from knative.local.home import Home
from knative.local.ports import free_ports
from knative.local.state import AlreadyRunning
from knative.local.system import LocalSystem
from knative.local.terminal import silent
from tests.integration.local.waiting import until
from tests.servers import Servers


class Steps:
    """What was told while it started."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing to take back."""

    def step(self, text: str) -> None:
        self.all.append(text)

    def jars(self, done: int, total: int) -> None:
        """They are there already."""


@contextlib.asynccontextmanager
async def system_on(servers: Servers, home: Path, *, steps: Steps | None = None) -> AsyncIterator[LocalSystem]:
    """Runner and one gateway on the shared servers, in a database of its own."""
    yours = {
        "QUIZLINE_KAFKA_BOOTSTRAP": servers.kafka_bootstrap,
        "QUIZLINE_MONGODB_URL": servers.mongodb_url,
        "QUIZLINE_REDIS_URL": servers.redis_url,
        "QUIZLINE_MONGODB_DATABASE": home.name,
    }
    async with LocalSystem(
        home=Home(home),
        echo=silent,
        progress=steps or Steps(),
        gateways=1,
        player_port=0,
        environment=yours,
    ) as system:
        yield system


async def status_of(url: str) -> int:
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status


async def test_system_with_servers_of_your_own_starts_none(servers: Servers, tmp_path: Path) -> None:
    """Three URLs replace three servers."""
    steps = Steps()
    async with system_on(servers, tmp_path / "own", steps=steps) as system:
        assert set(system.state.processes) == {"runner", "gateway-0"}
        assert system.state.kafka == servers.kafka_bootstrap
        assert await status_of(f"{system.state.gateway_urls[0]}/readyz") == 200
        assert await status_of(f"{system.state.runner_url}/status") == 200
    assert not (tmp_path / "own" / "data" / "kafka").exists()
    assert steps.all[-1] == "the runner of the functions and the gateways"


async def test_gateway_killed_comes_back_at_its_address(servers: Servers, tmp_path: Path) -> None:
    """Its players reconnect where they were; the state file names the new process."""
    async with system_on(servers, tmp_path / "killed") as system:
        before = system.state
        os.kill(before.processes["gateway-0"], signal.SIGKILL)
        await until(lambda: system.state.processes.get("gateway-0", 0) not in {0, before.processes["gateway-0"]})
        await system.restart("gateway-0")  # it is up already: this only waits until it is ready
        assert system.state.gateway_urls == before.gateway_urls
        assert await status_of(f"{before.gateway_urls[0]}/readyz") == 200


async def test_two_systems_in_one_home_are_refused(servers: Servers, tmp_path: Path) -> None:
    """The second says who is there, and does the first no harm."""
    async with system_on(servers, tmp_path / "shared") as first:
        with pytest.raises(AlreadyRunning, match=str(first.state.pid)):
            async with system_on(servers, tmp_path / "shared"):
                pass
        assert await status_of(f"{first.state.gateway_urls[0]}/healthz") == 200


async def test_system_without_a_port_for_players_takes_8080_or_a_later_one(
    servers: Servers, tmp_path: Path
) -> None:
    """Two checkouts run side by side."""
    [named] = free_ports(1)
    yours = {
        "QUIZLINE_KAFKA_BOOTSTRAP": servers.kafka_bootstrap,
        "QUIZLINE_MONGODB_URL": servers.mongodb_url,
        "QUIZLINE_REDIS_URL": servers.redis_url,
        "QUIZLINE_GATEWAY_HOST": "127.0.0.1",
    }
    one = LocalSystem(home=Home(tmp_path / "one"), echo=silent, progress=Steps(), gateways=1, environment=yours)
    named_one = LocalSystem(
        home=Home(tmp_path / "named"),
        echo=silent,
        progress=Steps(),
        gateways=1,
        player_port=named,
        environment=yours,
    )
    async with one, named_one:
        port = int(one.state.player_url.rpartition(":")[2])
        assert port >= 8080
        assert named_one.state.player_url == f"http://localhost:{named}"
