"""What noise must leave behind: nothing. Checks of logs, processes, memory and dead letters."""

import asyncio

from knative.local.chaos.poisoning import MALFORMED
from knative.local.chaos.world import World
from knative.local.deadletters.letter import Selection
from knative.local.deadletters.reading import letters

# Growth of one process during the noise that is no leak: pools, caches, pages that the allocator keeps.
MOST_GROWTH_BYTES = 64 * 1_024 * 1_024
_TRACEBACK = b"Traceback (most recent call last)"
_SHOWN = 3
# What is no CloudEvent at all the functions framework refuses itself.
_AT_ONCE = {MALFORMED, "400"}


async def remember(world: World) -> None:
    """Which processes there are and what they hold, before anything begins."""
    world.storms.append(world.gateway_rss())
    world.pids_before = dict(world.system.state.processes)
    await asyncio.sleep(0)


async def check_processes(world: World) -> list[str]:
    """Nobody was started anew."""
    present = world.system.state.processes
    return [
        f"{name}: expected the process {pid} still there, got {present.get(name)}"
        for name, pid in world.pids_before.items()
        if present.get(name) != pid
    ]


async def check_memory(world: World) -> list[str]:
    """Of the gateways, from before the noise to its end."""
    before, after = world.storms[0], world.gateway_rss()
    grown = {name: after[name] - before[name] for name in after if name in before}
    world.notes += [f"{name} grew by {growth / 1e6:.1f} MB" for name, growth in grown.items()]
    return [
        f"{name}: expected at most {MOST_GROWTH_BYTES} bytes more, got {growth}"
        for name, growth in grown.items()
        if growth > MOST_GROWTH_BYTES
    ]


async def check_logs(world: World) -> list[str]:
    """No part has written a traceback since the play began."""
    problems = []
    for path in world.logs.glob("*.log"):
        found = tracebacks(path.read_bytes()[world.logs_begin.get(path.stem, 0) :])
        if found:
            problems.append(f"{path.name}: expected no traceback, got {len(found)}: {'; '.join(found[:_SHOWN])}")
    return problems


def tracebacks(log: bytes) -> list[str]:
    """The last line of each: what was raised. A log may hold it as lines, or escaped within one JSON line."""
    return [
        part.replace(b"\\n", b"\n").split(b'"', 1)[0].strip().rsplit(b"\n", 1)[-1].decode(errors="replace")[:200]
        for part in log.split(_TRACEBACK)[1:]
    ]


async def check_letters(world: World) -> list[str]:
    """Whatever was given up was given up at once, for what it is."""
    problems = [
        f"{letter.function} buried {letter.type}: expected code 400 or 422, got {letter.code or 'none'}"
        async for letter in letters(world.addresses.kafka, Selection(), security={})
        if letter.code not in _AT_ONCE
    ]
    return problems[:_SHOWN]
