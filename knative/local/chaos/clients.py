"""Faults of clients: some stop reading or read slowly, everybody reconnects at once, some break the protocol."""

import asyncio
import itertools
import random
from contextlib import suppress

from knative.local.chaos.calm import MOST_RATIO, noticed
from knative.local.chaos.fault import Fault, Limited
from knative.local.chaos.offences import OFFENCES
from knative.local.chaos.raw_socket import HandshakeRefused, RawSocket, raw_socket
from knative.local.chaos.world import World

_SLOW_SHARE = 0.1
_SLOW_READERS, _SLOW_BYTES_PER_S = 3, 1_024
_SMALL_BUFFER = 4_096
_OFFEND_EVERY_S = 0.05
_BACK_WITHIN_S = 5.0
# What a gateway says that is cut off itself, before it looks at anything.
_CUT_OFF = 1013
# Growth of a gateway over both storms that is no leak: pools, caches, pages that the allocator keeps.
_MOST_GROWTH_BYTES = 32 * 1_024 * 1_024
GONE = (OSError, asyncio.IncompleteReadError, HandshakeRefused, TimeoutError)


async def _do_not_read(world: World) -> None:
    """A tenth as many spectators as players, with small buffers, who never read; a few who read 1 KB a second."""
    sleepers = max(2, round(world.plan.players * _SLOW_SHARE))
    while True:
        await world.turns.noise()
        sockets = [await _spectator(world, number) for number in range(sleepers + _SLOW_READERS)]
        try:
            async with asyncio.TaskGroup() as tasks:
                reading = [tasks.create_task(_read_slowly(slow)) for slow in sockets[sleepers:]]
                await world.turns.calm()
                for task in reading:
                    task.cancel()
        finally:
            for socket in sockets:
                socket.close()


async def _spectator(world: World, number: int) -> RawSocket:
    urls = world.addresses.gateway_urls
    socket = await raw_socket(urls[number % len(urls)], receive_buffer=_SMALL_BUFFER)
    await socket.hello(code=world.session.code)
    return socket


async def _read_slowly(socket: RawSocket) -> None:
    with suppress(*GONE):
        while True:
            if not await socket.reader.read(_SLOW_BYTES_PER_S):
                return
            await asyncio.sleep(1.0)


async def compare_p99(world: World) -> list[str]:
    """How long the others waited for their boards with and without enemies. At full size it is held to its limit:
    the percentile of a few answers moves more than that by itself."""
    found = noticed([bot.evidence() for bot in world.bots], world.turns)
    if found is None:
        return []
    world.notes.append(f"p99 {found.noisy_ms:.0f} ms, {found.ratio:.2f} × that without them in the same play")
    if not world.is_full or found.ratio <= MOST_RATIO:
        return []
    return [f"others' p99: expected at most {MOST_RATIO} × {found.calm_ms:.0f} ms, got {found.noisy_ms:.0f} ms"]


async def _drop_everybody(world: World) -> None:
    world.storms.append(world.gateway_rss())
    for bot in world.bots:
        if bot.client is not None:
            bot.client.drop()


async def _compare_memory(world: World) -> list[str]:
    """From before the first storm to the end."""
    if not world.storms:
        return []
    before, after = world.storms[0], world.gateway_rss()
    grown = {name: after[name] - before[name] for name in after if name in before}
    world.notes += [f"{name} grew by {bytes_ / 1e6:.1f} MB" for name, bytes_ in grown.items()]
    return [
        f"{name}: expected at most {_MOST_GROWTH_BYTES} bytes more after the storms, got {bytes_}"
        for name, bytes_ in grown.items()
        if bytes_ > _MOST_GROWTH_BYTES
    ]


async def _offend(world: World) -> None:
    """Each offence on a connection of its own, over and over, until cancelled."""
    closed = 0
    try:
        for number in itertools.count():
            await world.turns.noise()
            if number % len(OFFENCES) == 0:
                offences = random.Random(number).sample(OFFENCES, len(OFFENCES))
            name, sent, code = offences[number % len(OFFENCES)]
            got = await _offence_code(world, number, sent)
            if got not in {code, None, _CUT_OFF}:
                world.found.append(f"{name}: expected close code {code}, got {got}")
            closed += got == code
            await asyncio.sleep(_OFFEND_EVERY_S)
    finally:
        world.notes.append(f"{closed} offenders closed as they should be")


async def _offence_code(world: World, number: int, sent: bytes) -> int | None:
    """None where the gateway was away, or the connection broke on the way."""
    try:
        socket = await _spectator(world, number)
    except GONE:
        return None
    try:
        await socket.message()
        socket.writer.write(sent)
        return await socket.close_code()
    except (*GONE, AssertionError):
        return None
    finally:
        socket.close()


STILL_READERS = Fault(
    name="still-readers",
    done="10 % more clients that never read, 3 that read 1 KB/s",
    holds="others' p99",
    acts=(_do_not_read,),
    checks=(compare_p99,),
)
STORM = Fault(
    name="storm",
    done="every player reconnects at once, twice",
    holds="no growth of memory",
    limit_s=_BACK_WITHIN_S,
    limited=Limited.ABSENCE,
    strikes=(_drop_everybody,) * 2,
    checks=(_compare_memory,),
)
OFFENDERS = Fault(
    name="offenders",
    done="malformed, oversize, bad UTF-8, unmasked, fragmented frames, 20 a second",
    holds="each has its close code",
    acts=(_offend,),
    checks=(compare_p99,),
)
