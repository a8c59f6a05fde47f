"""Poisoned records on every topic, in the middle of play: one dead letter for each function that takes the topic,
with 422, and the rest flows on.
"""

import asyncio
import time
from collections import Counter

from aiokafka import AIOKafkaProducer

from knative.local.chaos.fault import Fault
from knative.local.chaos.poisons import Poison, poisons
from knative.local.chaos.world import World
from knative.local.deadletters.letter import DeadLetter, Selection
from knative.local.deadletters.reading import letters
from knative.local.parts import MANIFESTS
from knative.local.runner.manifests import load
from shared.events.catalog import TOPICS

_BURIED_WITHIN_S = 60.0
_POLL_S = 0.5
MALFORMED = "422"


def takers() -> dict[str, frozenset[str]]:
    """The functions that each topic's records go to, as the manifests say."""
    sources = load(MANIFESTS).sources.values()
    return {
        topic: frozenset(source.spec.sink.ref.name for source in sources if topic in source.spec.topics)
        for topic in TOPICS
    }


async def poison(world: World) -> None:
    """Every kind on every topic, as events of the session that is played."""
    made = poisons(world.session.session_id)
    world.planted |= {one.id for one in made}
    async with AIOKafkaProducer(bootstrap_servers=world.addresses.kafka, acks="all") as producer:
        for one in made:
            await producer.send_and_wait(
                one.record.topic, one.record.value, key=one.record.key, headers=one.record.headers
            )
    world.poisons += made
    world.notes.append(f"{len(made)} poisoned records")


async def check_buried(world: World) -> list[str]:
    """Once all letters are there, or time is over."""
    give_up_s = time.monotonic() + _BURIED_WITHIN_S
    while True:
        found = await _letters(world)
        problems = burial_problems(world.poisons, found, takers())
        if not problems or time.monotonic() > give_up_s:
            world.notes.append(f"{len(found)} dead letters")
            return problems
        await asyncio.sleep(_POLL_S)


def burial_problems(
    made: list[Poison], found: list[DeadLetter], takers_of: dict[str, frozenset[str]]
) -> list[str]:
    """Poisons without exactly one letter from each function that takes their topic, and letters that blame another
    cause than the event.
    """
    counts = Counter((letter.attributes["id"], letter.function) for letter in found)
    problems = [
        f"{one.kind} on {one.record.topic}: expected one dead letter from {function}, "
        f"got {counts[one.id, function]}"
        for one in made
        for function in sorted(takers_of[one.record.topic])
        if counts[one.id, function] != 1
    ]
    codes = {letter.code for letter in found} - {MALFORMED}
    return problems + [f"dead letters: expected code {MALFORMED}, got {code or 'none'}" for code in sorted(codes)]


async def _letters(world: World) -> list[DeadLetter]:
    ids = {one.id for one in world.poisons}
    every = letters(world.addresses.kafka, Selection(), security={})
    return [letter async for letter in every if letter.attributes.get("id") in ids]


POISONED = Fault(
    name="poisoned",
    done="bad JSON, no UTF-8, wrong shape, unknown type, unknown session, huge: on every topic",
    holds="422 and one dead letter from each function, the rest flows on",
    strikes=(poison,),
    checks=(check_buried,),
)
