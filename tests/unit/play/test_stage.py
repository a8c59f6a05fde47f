"""Where a play takes place: homes that go and stay, and the system behind an address."""

import json
import shutil
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from knative.local.home import Home
from knative.local.play.runner_status import RunnerStatus
from knative.local.play.stage import NoStage, lodging, running_system
from knative.local.state import NotRunning, State, exclusive, write_state
from shared.client.http import open_http

STATE = State(
    pid=1,
    player_url="http://localhost:8080",
    gateway_urls=["http://127.0.0.1:8080", "http://127.0.0.1:8081"],
    kafka="127.0.0.1:9092",
    mongodb="mongodb://127.0.0.1",
    redis="redis://127.0.0.1",
    runner_url="http://127.0.0.1:9000",
    token_secret="of no use",
    processes={},
)


def test_lodging_home_of_a_good_play_is_removed() -> None:
    """Nothing is left behind of a play that went well."""
    with lodging(None) as place:
        place.home.prepare()
    assert not place.home.root.exists()


def test_lodging_home_of_a_bad_play_is_kept() -> None:
    """Its logs help."""
    with lodging(None) as place:
        place.home.prepare()
        logs = place.keep()
    assert logs.is_dir()
    shutil.rmtree(place.home.root)


def test_lodging_named_home_stays(tmp_path: Path) -> None:
    """Who names a home wants to look at it afterwards."""
    with lodging(tmp_path / "home") as place:
        place.home.prepare()
    assert place.home.root.is_dir()


def test_running_system_is_found_by_its_address(tmp_path: Path) -> None:
    """Any of its addresses will do; the check needs the log and the stores behind it."""
    home = Home(tmp_path)
    home.prepare()
    with exclusive(home):
        write_state(home, STATE)
        addresses = running_system(home, "http://localhost:8080/")
        assert (addresses.kafka, len(addresses.gateway_urls)) == ("127.0.0.1:9092", 2)
        with pytest.raises(NoStage, match="got http://elsewhere"):
            running_system(home, "http://elsewhere")


def test_running_system_without_one_says_so(tmp_path: Path) -> None:
    """Nothing runs in an empty home."""
    with pytest.raises(NotRunning):
        running_system(Home(tmp_path), "http://localhost:8080")


async def test_runner_status_waits_until_every_function_is_at_zero() -> None:
    """The last of them decides; a runner that is away for a moment is asked again."""
    replies = [
        web.Response(status=503, text="not yet"),
        web.Response(text=json.dumps({"functions": {"join": {"instances": 0}, "rank": {"instances": 2}}})),
        web.Response(text=json.dumps({"functions": {"join": {"instances": 0}, "rank": {"instances": 0}}})),
    ]

    async def status(_: web.Request) -> web.Response:
        return replies.pop(0)

    application = web.Application()
    application.router.add_get("/status", status)
    async with TestServer(application) as server, open_http() as http:
        runner = RunnerStatus(http, str(server.make_url("/")))
        assert await runner.until_zero(timeout_s=10.0)
        assert replies == []
