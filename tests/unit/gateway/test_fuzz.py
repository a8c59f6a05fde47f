"""Bytes at random on many sockets: no crash, nothing left behind, the player beside them unharmed."""

import asyncio
import random
from typing import Any

from knative.local.chaos.raw_socket import frame, raw_socket
from tests.story import ADA, FIRST_OPEN, GRACE, seed
from tests.unit.gateway.stage import Running, Stage, until

CONNECTIONS = 300
AT_ONCE = 20
MESSAGES = (
    b'{"type":"ping","id":"1"}',
    b'{"type":"answer","id":"a","question":0,"value":{"choices":[1]}}',
    b'{"type":"hello","code":"QZ7K2M"}',
)


def _chunk(rng: random.Random) -> bytes:
    """Noise, damaged frames, frames of any kind, cut messages, fragments in disorder, or a good message."""
    message = rng.choice(MESSAGES)
    match rng.randrange(6):
        case 0:
            return rng.randbytes(rng.randrange(1, 200))
        case 1:
            damaged = bytearray(frame(message))
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            return bytes(damaged)
        case 2:
            opcode = rng.choice([0, 1, 2, 3, 8, 9, 10, 11])
            return frame(rng.randbytes(rng.randrange(130)), opcode=opcode, fin=rng.random() < 0.7)
        case 3:
            return frame(message[: rng.randrange(60)])
        case 4:
            return frame(message, fin=False) + frame(b"", opcode=rng.choice([0, 1, 9]))
    return frame(message)


async def _attack(stage: Stage, gateway: Running, rng: random.Random) -> None:
    enemy = await raw_socket(gateway.url)
    try:
        if rng.random() < 0.8:
            await enemy.hello(token=stage.token(ADA))
        for _ in range(rng.randrange(1, 12)):
            if enemy.writer.is_closing():
                return
            enemy.writer.write(_chunk(rng))
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
