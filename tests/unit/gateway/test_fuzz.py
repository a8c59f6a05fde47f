"""Bytes at random on many sockets: no crash, nothing left behind, the player beside them unharmed."""

import asyncio
import random
from typing import Any

from knative.local.chaos.noise import noisy_frames
from knative.local.chaos.raw_socket import raw_socket
from tests.story import ADA, FIRST_OPEN, GRACE, seed
from tests.unit.gateway.stage import Running, Stage, until

CONNECTIONS = 300
AT_ONCE = 20


async def _attack(stage: Stage, gateway: Running, rng: random.Random) -> None:
    enemy = await raw_socket(gateway.url)
    try:
        if rng.random() < 0.8:
            await enemy.hello(token=stage.token(ADA))
        for _ in range(rng.randrange(1, 12)):
            if enemy.writer.is_closing():
                return
            enemy.writer.write(noisy_frames(rng))
            await asyncio.sleep(0)
    except ConnectionError:
        return  # thrown out already
    finally:
        enemy.close()


async def test_random_bytes_on_many_sockets_harm_nobody(stage: Stage, gateway: Running) -> None:
    """The event loop hears of no exception, every connection is let go, the bystander gets its next message."""
    crashes: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: crashes.append(context))
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    bystander = await gateway.follow(token=stage.token(GRACE))
    await bystander.hear_type("snapshot")
    rng = random.Random(5)
    for _ in range(CONNECTIONS // AT_ONCE):
        await asyncio.gather(*(_attack(stage, gateway, rng) for _ in range(AT_ONCE)))
    await stage.put_lobby(3)
    assert (await bystander.hear_type("lobby"))["lobby"]["players"] == 3
    await until(lambda: gateway.gateway.websocket.connections == 1)
    assert crashes == []
