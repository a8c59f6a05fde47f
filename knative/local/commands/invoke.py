"""`quizline invoke FN EVENT`: one event to one function, and what came of it."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from rich.console import Console

from knative.local.commands.failure import CommandFailed, CommandRefused, failures
from knative.local.home import CHECKOUT, Home, home_from
from knative.local.invoke.event_file import EventFile, EventFileError, read_event
from knative.local.invoke.invocation import Outcome, SeedFailed, UnknownFunction, seed_stores
from knative.local.invoke.invocation import invoke as post
from knative.local.invoke.report import as_json, print_outcome
from knative.local.parts import MANIFESTS
from knative.local.runner.manifests import load
from knative.local.state import State, is_running, read_state
from knative.local.system import LocalSystem
from knative.local.terminal import silent, start_progress

_OWN_HOMES = CHECKOUT / ".quizline" / "invoke"


def invoke(function: str, path: Path, *, seeds: bool, json_only: bool) -> None:
    """Exit code 1 unless the function handled the event."""
    with failures():
        outcome, event = asyncio.run(_invoke(function, path, seeds=seeds))
    if json_only:
        print(as_json(function, event, outcome))
    else:
        print_outcome(Console(highlight=False), function, event, outcome)
    sys.exit(0 if outcome.is_handled else 1)


async def _invoke(function: str, path: Path, *, seeds: bool) -> tuple[Outcome, EventFile]:
    known = sorted(load(MANIFESTS).services)
    if function not in known:
        raise CommandRefused(f"expected a function of {', '.join(known)}, got {function!r}")
    try:
        event = read_event(path)
        async with _some_system() as state:
            if seeds:
                await seed_stores(event, state=state, settings=os.environ)
            return await post(function, event, state=state, database=_database()), event
    except (EventFileError, UnknownFunction) as error:
        raise CommandRefused(str(error)) from error
    except (SeedFailed, aiohttp.ClientError, TimeoutError) as error:
        raise CommandFailed(str(error) or "the runner did not answer in time") from error


@asynccontextmanager
async def _some_system() -> AsyncIterator[State]:
    """The one that runs in this home; else a new and empty one without gateways, for this call."""
    home = home_from()
    if is_running(home):
        yield read_state(home)
        return
    _OWN_HOMES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_OWN_HOMES) as folder:
        async with LocalSystem(
            home=Home(Path(folder)), echo=silent, progress=start_progress(), gateways=0
        ) as system:
            yield system.state


def _database() -> str:
    stated = load(MANIFESTS).values({})["configMap"]
    return os.environ.get("QUIZLINE_MONGODB_DATABASE", stated["QUIZLINE_MONGODB_DATABASE"])
