"""Faults between the gateways and what they stand on: nothing passes for a while, and nobody is told."""

import asyncio
from functools import partial

from knative.local.chaos.fault import Fault
from knative.local.chaos.world import World

_FULL_CUT_S, _SHORT_CUT_S = 30.0, 6.0


async def _cut(way: str, world: World) -> None:
    proxy = world.redis_way if way == "redis" else world.kafka_way
    lasting_s = _FULL_CUT_S if world.is_full else _SHORT_CUT_S
    proxy.cut()
    try:
        await asyncio.sleep(lasting_s)
    finally:
        proxy.mend()
    world.notes.append(f"cut off from {way} for {lasting_s:g} s")


async def _mend(world: World) -> None:
    world.redis_way.mend()
    world.kafka_way.mend()


CUT_REDIS = Fault(
    name="cut-redis",
    done="both gateways cut off from Redis, 30 s at full size",
    holds="what was acknowledged is in Kafka",
    limit_s=_FULL_CUT_S + 15.0,
    strikes=(partial(_cut, "redis"),),
    mends=(_mend,),
)
CUT_KAFKA = Fault(
    name="cut-kafka",
    done="both gateways cut off from Kafka, 30 s at full size",
    holds="what was acknowledged is in Kafka",
    limit_s=_FULL_CUT_S + 15.0,
    strikes=(partial(_cut, "kafka"),),
    mends=(_mend,),
)
