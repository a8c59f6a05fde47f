"""One client sends a hundred messages a second. It is limited and thrown out; nobody else notices."""

import asyncio
import json
from contextlib import suppress

import aiohttp

from knative.local.chaos.clients import compare_p99
from knative.local.chaos.fault import Fault
from knative.local.chaos.guests import joined
from knative.local.chaos.world import World

_PER_S = 100
_FLOOD = 1008
_AGAIN_AFTER_S = 0.5


async def _flood(world: World) -> None:
    """Thrown out, it comes again, until cancelled."""
    token = (await joined(world, "Flooder")).token
    for name in ("messages of the flooder", "times it was thrown out"):
        world.tallies[name] = 0
    while True:
        await world.turns.noise()
        with suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with world.http.ws_connect(f"{world.addresses.gateway_urls[0]}/ws") as socket:
                await socket.send_str(json.dumps({"type": "hello", "token": token}))
                await _flood_one(world, socket)
                world.tallies["times it was thrown out"] += socket.close_code == _FLOOD
        await asyncio.sleep(_AGAIN_AFTER_S)


async def _flood_one(world: World, socket: aiohttp.ClientWebSocketResponse) -> None:
    """Until this connection is closed."""
    reading = asyncio.create_task(_read(socket))
    try:
        while not socket.closed and not reading.done():
            await socket.send_str('{"type":"ping","id":"flood"}')
            world.tallies["messages of the flooder"] += 1
            await asyncio.sleep(1 / _PER_S)
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def _read(socket: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in socket:
        pass


async def _check(world: World) -> list[str]:
    if world.tallies.get("times it was thrown out"):
        return []
    return ["flood: expected the flooder to be thrown out with 1008, got it tolerated"]


FLOOD = Fault(
    name="flood",
    done="100 messages/s from one client",
    holds="it is limited, then closed with 1008; others' p99",
    acts=(_flood,),
    checks=(_check, compare_p99),
)
