"""Posting one event to one function through the runner, and watching what it does."""

import asyncio
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from knative.local.home import CHECKOUT
from knative.local.invoke.emitted import Emitted, EmittedEvent
from knative.local.invoke.event_file import EventFile
from knative.local.invoke.stores import Change, changes, view
from knative.local.process import base_environment
from knative.local.state import State
from shared.events.catalog import DEAD_LETTERS, TOPICS

SEED = "seed.py"
_WITHIN_S = 60.0


class UnknownFunction(Exception):
    """The runner has no such function; the message lists those it has."""


class SeedFailed(Exception):
    """The script beside the event could not fill the stores; the message is its last line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The function's HTTP reply, what it published, and what differs in the stores."""

    status: int
    reply: str
    took_ms: int
    emitted: list[EmittedEvent]
    changes: list[Change]

    @property
    def is_handled(self) -> bool:
        return 200 <= self.status < 300


async def invoke(function: str, event: EventFile, *, state: State, database: str) -> Outcome:
    """Raises UnknownFunction. Events and changes of other sessions, and other functions' events, are left out."""

    async def seen() -> dict[str, object]:
        return await view(
            mongodb_url=state.mongodb, database=database, redis_url=state.redis, subject=event.subject
        )

    topics = tuple(topic for topic in TOPICS if topic != DEAD_LETTERS)
    async with Emitted(state.kafka, topics) as emitted:
        before = await seen()
        started = time.monotonic()
        status, reply = await _post(f"{state.runner_url}/functions/{function}", event)
        took_ms = round((time.monotonic() - started) * 1000)
        after = await seen()
        source = f"/quizline/functions/{function}"
        return Outcome(
            status=status,
            reply=reply,
            took_ms=took_ms,
            emitted=await emitted.until_now(source=source, subject=event.subject),
            changes=changes(before, after),
        )


async def seed_stores(event: EventFile, *, state: State, settings: Mapping[str, str]) -> bool:
    """Run the `seed.py` beside the event, if there is one: it stores what the event tells of.

    Returns whether there was one. Raises SeedFailed.
    """
    script = event.path.resolve().parent / SEED
    if not script.is_file():
        return False
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(script)),
        cwd=CHECKOUT,
        env={**base_environment(), **settings, **_store_settings(state), "PYTHONPATH": str(CHECKOUT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    if process.returncode != 0:
        lines = printed.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"]
        raise SeedFailed(f"{_shown(script)} ended with exit code {process.returncode}: {lines[-1]}")
    return True


async def _post(url: str, event: EventFile) -> tuple[int, str]:
    timeout = aiohttp.ClientTimeout(total=_WITHIN_S)
    async with (
        aiohttp.ClientSession(timeout=timeout) as http,
        http.post(url, data=event.body, headers=event.headers) as response,
    ):
        reply = await response.text()
    if response.status == 404:  # the runner's: a function never answers it
        raise UnknownFunction(reply)
    return response.status, reply


def _store_settings(state: State) -> dict[str, str]:
    return {
        "QUIZLINE_KAFKA_BOOTSTRAP": state.kafka,
        "QUIZLINE_MONGODB_URL": state.mongodb,
        "QUIZLINE_REDIS_URL": state.redis,
    }


def _shown(path: Path) -> str:
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else str(path)
