"""Instances of each kind are killed, or rolled, in the middle of a play: nothing acknowledged is lost."""

from collections.abc import Awaitable, Callable

import pytest
from redis.asyncio import Redis

from knative.local.play.report import Report
from knative.local.play.run import Plan, play
from tests.e2e.quizzes import EVERY_TYPE
from tests.e2e.saboteur import Moment, Saboteur, answering, joining
from tests.e2e.system import FUNCTIONS, GATEWAY, System

PLAYERS = 12
pytestmark = pytest.mark.timeout(300)


async def survives(
    system: System, strike: Callable[[], Awaitable[None]], *, moment: Moment, questions: int = 4
) -> Report:
    """A play in which `strike` happens at `moment`."""
    quiz = (EVERY_TYPE * 3)[:questions]
    plan = Plan(title="Faults", questions=quiz, players=PLAYERS, seed=2)
    saboteur = Saboteur(strike, moment=moment)
    report = await play(system.addresses, plan, saboteur)
    await saboteur.struck()
    assert report.problems == []
    assert report.is_good
    assert report.answers_accepted + report.answers_refused >= report.answers_sent
    return report


@pytest.mark.parametrize("kind", [*FUNCTIONS, GATEWAY])
async def test_play_instance_killed_loses_nothing(system: System, kind: str) -> None:
    """Sources deliver again what a dead instance had in hand; clients reconnect and send again."""
    moment = joining if kind == "join" else answering(1)
    await survives(system, lambda: system.kill(kind), moment=moment)


async def test_play_gateway_rolled_out_is_noticed_as_a_reconnect_at_most(
    system: System, seen: Callable[[str], None]
) -> None:
    """Each player is moved at most once by each gateway that ends, and sees an unbroken feed."""
    report = await survives(system, lambda: system.rollout(GATEWAY), moment=answering(1), questions=14)
    assert 0 < report.reconnects <= 2 * (PLAYERS + 1)
    seen(
        f"gateways rolled during play: {report.reconnects} reconnects of {PLAYERS} players, {report.resent} resent"
    )


@pytest.mark.parametrize("function", ["score", "broadcast"])
async def test_play_function_rolled_out_is_noticed_by_nobody(system: System, function: str) -> None:
    """The old instance finishes what it has while the new one takes over."""
    report = await survives(system, lambda: system.rollout(function), moment=answering(1), questions=8)
    assert report.reconnects == 0


async def test_play_redis_wiped_rebuilds_the_board(system: System) -> None:
    """Redis holds nothing that MongoDB and the log do not."""

    async def wipe() -> None:
        async with Redis.from_url(system.redis_url) as redis:
            await redis.flushall()

    await survives(system, wipe, moment=answering(1))
