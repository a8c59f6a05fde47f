"""Faults of delivery: what comes again, several times, in another order, late."""

import asyncio
import signal
import time
from collections import deque
from contextlib import AbstractAsyncContextManager

from aiokafka import ConsumerRecord

from knative.local.chaos.fault import Fault
from knative.local.chaos.latecomer import LATECOMER
from knative.local.chaos.republishing import Republisher, Shuffled, republisher
from knative.local.chaos.world import World

REPLAYED_S = 5.0
LATE_S = 10.0


async def _replay(world: World) -> None:
    """A source that crashes delivers again what it had not committed; and so does one whose commits were lost."""
    world.signal("runner")
    async with _copier(world) as copier:
        await copier.back_to(REPLAYED_S)
        async for records in copier.until_now():
            await copier.publish(records)
        world.notes.append(f"{copier.copies} records of the last {REPLAYED_S:g} s came again")


async def _triple(world: World) -> None:
    """Every record of the session twice more, in another order. Cancelled when the play is over."""
    shuffled = Shuffled(world.rng, times=2)
    async with _copier(world) as copier:
        try:
            while True:
                await copier.publish(shuffled.add(await copier.new_records()).take())
        finally:
            world.notes.append(f"{copier.copies} copies, shuffled")


async def _late(world: World) -> None:
    """Every record of the session once more, ten seconds later. Cancelled when the play is over."""
    waiting: deque[tuple[float, ConsumerRecord]] = deque()
    async with _copier(world) as copier:
        try:
            while True:
                now_s = time.monotonic()
                waiting.extend((now_s + LATE_S, record) for record in await copier.new_records())
                due = []
                while waiting and waiting[0][0] <= time.monotonic():
                    due.append(waiting.popleft()[1])
                await copier.publish(due)
        finally:
            world.notes.append(f"{copier.copies} copies, {LATE_S:g} s late")


async def _stopped_source(world: World) -> None:
    """The sources stand still: everything that comes meanwhile is delivered that late."""
    world.signal("runner", signal.SIGSTOP)
    try:
        await asyncio.sleep(LATE_S)
    finally:
        world.signal("runner", signal.SIGCONT)


async def _until_late_ones_have_come(_: World) -> None:
    """The copies of the last answers are still on their way."""
    await asyncio.sleep(LATE_S + 1)


def _copier(world: World) -> AbstractAsyncContextManager[Republisher]:
    """A poisoned record is left alone: how many dead letters it gives must stay countable."""
    return republisher(world.addresses.kafka, session_id=world.session.session_id, spared=world.planted)


REPLAY = Fault(
    name="replay",
    done="sources killed, and every record of the last 5 s published again, twice a play",
    limit_s=30.0,
    strikes=(_replay,) * 2,
).along(LATECOMER)
TRIPLE = Fault(name="triple", done="every record three times, shuffled", acts=(_triple,)).along(LATECOMER)
LATE = Fault(
    name="late",
    done="sources stopped for 10 s, and every record once more 10 s later",
    limit_s=LATE_S + 15.0,
    strikes=(_stopped_source,),
    acts=(_late,),
    mends=(_until_late_ones_have_come,),
).along(LATECOMER)
