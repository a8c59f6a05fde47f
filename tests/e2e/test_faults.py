"""kill -9 of each part in the middle of a play: nothing acknowledged is lost, the board is right in the end."""

import dataclasses
from collections.abc import Callable

import pytest
from redis import Redis

from knative.local.play.run import Plan, play
from tests.e2e.quizzes import EVERY_TYPE
from tests.e2e.running_system import RunningSystem
from tests.e2e.saboteur import Saboteur

FUNCTIONS = ("submit", "score", "rank", "broadcast")
PARTS = ("gateway-0", "gateway-1", "runner", "kafka", "redis", "mongodb")
PLAYERS = 12


async def survives(running_system: RunningSystem, strike: Callable[[], None]) -> None:
    """A play in which `strike` happens during the second of four questions."""
    plan = Plan(title="Faults", questions=EVERY_TYPE[:4], players=PLAYERS, seed=2)
    addresses = dataclasses.replace(running_system.addresses, runner_url=None)
    saboteur = Saboteur(strike, question=1)
    report = await play(addresses, plan, saboteur)
    assert saboteur.has_struck
    assert report.problems == []
    assert report.is_good
    assert report.answers_accepted + report.answers_refused >= report.answers_sent


@pytest.mark.parametrize("function", FUNCTIONS)
async def test_play_function_killed_loses_nothing(running_system: RunningSystem, function: str) -> None:
    """The source delivers again what a dead instance had in hand."""
    await survives(running_system, lambda: running_system.kill_function(function))


@pytest.mark.parametrize("part", PARTS)
async def test_play_part_killed_loses_nothing(running_system: RunningSystem, part: str) -> None:
    """The part comes back at its address; clients reconnect, sources retry, unacknowledged answers go again."""
    await survives(running_system, lambda: running_system.kill(part))


async def test_play_redis_wiped_rebuilds_the_board(running_system: RunningSystem) -> None:
    """Redis holds nothing that MongoDB and the log do not."""

    def wipe() -> None:
        with Redis.from_url(running_system.state.redis) as redis:
            redis.flushall()

    await survives(running_system, wipe)
