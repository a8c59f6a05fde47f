"""Faults that end or stop a part: kill -9 of each function, gateway and server, a rollout, an emptied Redis."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import aiohttp
from redis.asyncio import Redis

from knative.local.chaos.departures import Spectators
from knative.local.chaos.fault import Fault, Limited
from knative.local.chaos.world import FUNCTIONS, World

BACK_WITHIN_S = 60.0
_NEXT_INSTANCE_S = 10.0
_POLL_S = 0.1
_KILLS = 10
# Of a cold start: the longest from the process to its open port, as long again for its drivers on the first event.
_DRIVERS = 2
_TWO_TICKS_S, _RETRY_S = 0.5, 0.5
# Bots and system share the cores with the process that starts.
_SHARED_CORES_S = 0.5


def killed_functions() -> list[Fault]:
    """One for each function."""
    return [
        Fault(
            name=f"kill-{name}",
            done=f"kill -9 of every instance of {name}, in {_KILLS} questions",
            holds="the board stalls no longer than a cold start and two ticks",
            limited=Limited.STALL,
            once_a_question=True,
            strikes=() if name == "join" else (partial(_kill_function, name),) * _KILLS,
            checks=(_limit_by_cold_starts,),
            lobby_strikes=(partial(_kill_function, name),) * _KILLS if name == "join" else (),
        )
        for name in FUNCTIONS
    ]


async def _kill_function(name: str, world: World) -> None:
    """And return when another serves; one that nobody needs does not come."""
    killed = world.function_processes(name)
    for process in killed:
        process.kill()
    former = {process.pid for process in killed}

    async def is_there() -> bool:
        return any(process.pid not in former for process in world.function_processes(name))

    with suppress(TimeoutError):
        async with asyncio.timeout(_NEXT_INSTANCE_S):
            await until(is_there, what=f"an instance of {name}")


async def _limit_by_cold_starts(world: World) -> list[str]:
    """The limit is a cold start, as long as it takes here and now, and two ticks, beyond what is usual."""
    starts_ms = [int(line["cold_start_ms"]) for line in world.logged("runner") if "cold_start_ms" in line]
    if starts_ms:
        usual_s = (world.usual_p99_ms or 0.0) / 1_000
        world.limit_s = round(
            _DRIVERS * max(starts_ms) / 1_000 + _TWO_TICKS_S + _RETRY_S + _SHARED_CORES_S + usual_s, 1
        )
        world.notes.append(f"cold start at most {max(starts_ms) / 1_000:.1f} s")
    return []


async def _kill_part(part: str, world: World) -> None:
    """kill -9, and return when the supervisor has started it again and it serves."""
    former = world.system.state.processes.get(part)
    world.signal(part)
    await until(lambda: _is_replaced(world, part, former), what=f"{part} to come back")


async def _kill_a_gateway(world: World) -> None:
    await _kill_part(world.rng.choice(world.gateway_names()), world)


async def _roll_gateways(world: World) -> None:
    """SIGTERM to one after the other, as a rollout does; spectators on each note how they were sent away."""
    for name in world.gateway_names():
        url = world.addresses.gateway_urls[int(name.rpartition("-")[2])]
        former = world.system.state.processes[name]
        async with Spectators(world.http, url, code=world.session.code) as spectators:
            world.signal(name, signal.SIGTERM)
            await spectators.until_gone(within_s=BACK_WITHIN_S)
        world.found += spectators.problems(name)
        world.notes.append(f"{name} sent {len(spectators.ends)} spectators away over {spectators.spread_s:.1f} s")
        await until(partial(_is_replaced, world, name, former), what=f"{name} to come back")


async def _wipe_redis(world: World) -> None:
    async with Redis.from_url(world.system.state.redis) as redis:
        await redis.flushall()


async def _is_replaced(world: World, part: str, former: int | None) -> bool:
    present = world.system.state.processes.get(part)
    if present is None or present == former:
        return False
    if not part.startswith("gateway-"):
        return True
    url = world.addresses.gateway_urls[int(part.rpartition("-")[2])]
    try:
        async with world.http.get(f"{url}/readyz") as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


async def until(condition: Callable[[], Awaitable[bool]], *, what: str) -> None:
    """Raises TimeoutError that says `what` was expected."""
    give_up_s = time.monotonic() + BACK_WITHIN_S
    while not await condition():
        if time.monotonic() > give_up_s:
            raise TimeoutError(f"expected {what} within {BACK_WITHIN_S:g} s")
        await asyncio.sleep(_POLL_S)


KILL_GATEWAY = Fault(
    name="kill-gateway",
    done="kill -9 of one of two gateways, twice",
    holds="its players are back elsewhere",
    limit_s=3.0,
    limited=Limited.ABSENCE,
    strikes=(_kill_a_gateway,) * 2,
)
ROLLOUT = Fault(
    name="rollout",
    done="SIGTERM to one gateway after the other",
    holds="everybody is closed with 1012, not all at the same moment",
    limit_s=3.0,
    limited=Limited.ABSENCE,
    strikes=(_roll_gateways,),
)
KILL_REDIS = Fault(
    name="kill-redis",
    done="kill -9 of Redis, which comes back empty",
    limit_s=5.0,
    limited=Limited.STALL,
    strikes=(partial(_kill_part, "redis"),),
)
WIPE_REDIS = Fault(
    name="wipe-redis", done="FLUSHALL, twice", limit_s=2.0, limited=Limited.STALL, strikes=(_wipe_redis,) * 2
)
KILL_KAFKA = Fault(
    name="kill-kafka",
    done="kill -9 of Kafka, started again",
    holds="what was acknowledged is in Kafka",
    limit_s=30.0,
    strikes=(partial(_kill_part, "kafka"),),
)
KILL_MONGODB = Fault(
    name="kill-mongodb",
    done="kill -9 of MongoDB, started again",
    limit_s=30.0,
    strikes=(partial(_kill_part, "mongodb"),),
)
KILL_SOURCES = Fault(
    name="kill-sources",
    done="kill -9 of the runner: sources and functions, which deliver again what was not committed (5 s)",
    limit_s=30.0,
    strikes=(partial(_kill_part, "runner"),) * 2,
)
