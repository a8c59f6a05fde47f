"""Faults between gateways and what they stand on: nothing passes for a while, and nobody is told."""

import asyncio
from collections.abc import Sequence
from functools import partial

from knative.local.chaos.fault import Fault
from knative.local.chaos.proxy import Proxy
from knative.local.chaos.world import World

_FULL_CUT_S, _SHORT_CUT_S = 30.0, 6.0
# Enough for a gateway to notice that it is cut off (gateway/readiness.py), and its players to go to the other.
_ALONE_CUT_S = 15.0


async def _cut_all(part: str, world: World) -> None:
    ways = [way.redis if part == "redis" else way.kafka for way in world.ways.values()]
    await _cut(ways, lasting_s=_FULL_CUT_S if world.is_full else _SHORT_CUT_S)


async def _cut_one(world: World) -> None:
    """From both: as a machine that has lost its network, though not to its players."""
    way = world.ways[world.rng.choice(sorted(world.ways))]
    await _cut([way.redis, way.kafka], lasting_s=_FULL_CUT_S if world.is_full else _ALONE_CUT_S)


async def _cut(proxies: Sequence[Proxy], *, lasting_s: float) -> None:
    for proxy in proxies:
        proxy.cut()
    try:
        await asyncio.sleep(lasting_s)
    finally:
        for proxy in proxies:
            proxy.mend()


async def _mend(world: World) -> None:
    for way in world.ways.values():
        way.redis.mend()
        way.kafka.mend()


CUT_REDIS = Fault(
    name="cut-redis",
    done="both gateways cut off from Redis, 30 s at full size",
    holds="what was acknowledged is in Kafka",
    limit_s=_FULL_CUT_S + 15.0,
    strikes=(partial(_cut_all, "redis"),),
    mends=(_mend,),
)
CUT_KAFKA = Fault(
    name="cut-kafka",
    done="both gateways cut off from Kafka, 30 s at full size",
    holds="what was acknowledged is in Kafka",
    limit_s=_FULL_CUT_S + 15.0,
    strikes=(partial(_cut_all, "kafka"),),
    mends=(_mend,),
)
CUT_GATEWAY = Fault(
    name="cut-gateway",
    done="one gateway cut off from Redis and Kafka, 30 s at full size",
    holds="its players go to the other one",
    limit_s=_ALONE_CUT_S,
    strikes=(_cut_one,),
    mends=(_mend,),
)
