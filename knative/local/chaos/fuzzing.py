"""Noise in the middle of play: frames on many sockets, bodies to every path, records on every topic.

Fuzzers come from other loopback addresses than the players, with tokens of a session of their own.
"""

import asyncio
import random
import uuid
from dataclasses import dataclass

import aiohttp
from aiokafka import AIOKafkaProducer
from yarl import URL

from knative.local.chaos.clients import GONE
from knative.local.chaos.fault import Fault
from knative.local.chaos.noise import noisy_body, noisy_frames, noisy_message, noisy_record
from knative.local.chaos.paths import Target, filled, targets
from knative.local.chaos.poisoning import check_buried, poison
from knative.local.chaos.poisons import sound_records
from knative.local.chaos.raw_socket import raw_socket
from knative.local.chaos.strangers import Strangers, local_address, strangers
from knative.local.chaos.unharmed import check_letters, check_logs, check_memory, check_processes, remember
from knative.local.chaos.world import World

FRAMES, BODIES, RECORDS = "malformed frames", "HTTP bodies", "noisy records"
_AT_ONCE = 20
_MOST_CHUNKS = 60
_RECORDS_AT_ONCE, _RECORDS_EVERY_S = 20, 0.25
_PASSING = 503
_LISTENS_S = 0.5
_WITHIN = aiohttp.ClientTimeout(total=30.0)


@dataclass(slots=True)
class Budget:
    """How many pieces of noise may still go out, over all plays of a run."""

    left: int

    def take(self, wanted: int) -> int:
        granted = min(self.left, wanted)
        self.left -= granted
        return granted


def fuzz(budget: Budget) -> Fault:
    """Noise until the play is checked, or the budget is used up."""

    async def noise(world: World) -> None:
        await remember(world)
        others = await strangers(world)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_frames(world, budget, others))
            tasks.create_task(_bodies(world, budget, others))
            tasks.create_task(_records(world, budget))

    return Fault(
        name="fuzz",
        done="frames, HTTP bodies and records at random, poisoned events on every topic",
        holds="no 500, no traceback, no process ended, dead letters by 422 alone, memory bounded",
        strikes=(poison,),
        acts=(noise,),
        checks=(check_buried, check_letters, check_logs, check_processes, check_memory),
    )


async def _frames(world: World, budget: Budget, others: Strangers) -> None:
    async def attacker(number: int) -> None:
        rng = random.Random(f"{world.plan.seed}/{number}")
        while granted := budget.take(rng.randrange(1, _MOST_CHUNKS)):
            await _attack(world, rng, granted, others)

    async with asyncio.TaskGroup() as tasks:
        for number in range(_AT_ONCE):
            tasks.create_task(attacker(number))


async def _attack(world: World, rng: random.Random, chunks: int, others: Strangers) -> None:
    """One connection: either anything, or whole messages of which a connection takes some dozens."""
    try:
        enemy = await raw_socket(rng.choice(world.addresses.gateway_urls), source=local_address(rng))
    except GONE:
        return
    draw = noisy_frames if rng.random() < 0.5 else noisy_message
    try:
        if rng.random() < 0.8:
            await enemy.hello(**rng.choice([{"token": others.player}, {"code": world.session.code}]))
        for _ in range(chunks):
            enemy.writer.write(draw(rng))
            _count(world, FRAMES, 1)
            await enemy.writer.drain()
        async with asyncio.timeout(rng.choice([0.0, _LISTENS_S])):
            await enemy.close_code()
    except GONE:
        return  # thrown out already
    finally:
        enemy.close()


async def _bodies(world: World, budget: Budget, others: Strangers) -> None:
    rng = random.Random(f"{world.plan.seed}/bodies")
    [url, *_] = world.addresses.gateway_urls
    every = await targets(world.http, url)
    connector = aiohttp.TCPConnector(limit=_AT_ONCE, local_addr=(local_address(rng), 0))
    async with aiohttp.ClientSession(url, connector=connector, timeout=_WITHIN) as http:
        while granted := budget.take(_AT_ONCE):
            async with asyncio.TaskGroup() as tasks:
                for _ in range(granted):
                    tasks.create_task(_post(world, http, rng.choice(every), rng, others))
            _count(world, BODIES, granted)


async def _post(
    world: World, http: aiohttp.ClientSession, target: Target, rng: random.Random, others: Strangers
) -> None:
    """Anything is a fit answer but a fault of the gateway's own."""
    known = (others.opened.session_id, others.opened.code, world.session.session_id, world.session.code)
    path = filled(target.template, rng, known=known)
    token = rng.choice(["", "noise", *others.tokens])
    headers = {"authorization": f"Bearer {token}"} if token else {}
    content_type = rng.choice(
        ["application/json", "application/json", "text/plain", "multipart/form-data", "\xff"]
    )
    try:
        async with http.request(
            target.method,
            URL(path, encoded=True),
            data=noisy_body(rng),
            headers={**headers, "content-type": content_type},
        ) as response:
            if response.status >= 500 and response.status != _PASSING:
                world.found.append(f"{target.method} {target.template}: got status {response.status}")
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        world.found.append(f"{target.method} {target.template}: expected an answer, got {type(error).__name__}")


async def _records(world: World, budget: Budget) -> None:
    rng = random.Random(f"{world.plan.seed}/records")
    session_id = uuid.uuid4().hex
    sound = sound_records(session_id)
    async with AIOKafkaProducer(bootstrap_servers=world.addresses.kafka, acks="all") as producer:
        while granted := budget.take(_RECORDS_AT_ONCE):
            for _ in range(granted):
                one = noisy_record(rng, rng.choice(sound), session_id=session_id)
                await producer.send(one.topic, one.value, key=one.key, headers=one.headers)
            await producer.flush()
            _count(world, RECORDS, granted)
            await asyncio.sleep(_RECORDS_EVERY_S)


def _count(world: World, name: str, more: int) -> None:
    world.tallies[name] = world.tallies.get(name, 0) + more
