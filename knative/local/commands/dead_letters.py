"""`quizline dead-letters list|show|replay`: of the running system, or of the Kafka that is named.

Standard output gets what was asked for, standard error the counts and refusals. Exit code 1 if a letter was not
found or not taken back.
"""

import asyncio
import os
import sys
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rich.console import Console

from knative.local.commands.failure import CommandFailed, CommandRefused, failures
from knative.local.deadletters.letter import DeadLetter, Place, PlaceError, Selection
from knative.local.deadletters.reading import LettersUnreadable, letters
from knative.local.deadletters.replay import Replayed, ReplayFailed, replay
from knative.local.deadletters.report import (
    as_json,
    letter_lines,
    print_letter,
    replayed_as_json,
    replayed_line,
)
from knative.local.home import home_from
from knative.local.state import read_state
from shared.adapters.kafka import connection_options
from shared.config import KafkaSecurity, SettingError, kafka_security
from shared.domain.errors import TransientFailure

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Access:
    """`security`: aiokafka's options."""

    bootstrap: str
    security: dict[str, Any]


def list_letters(*, function: str, type: str, session: str, code: str, kafka: str, json_only: bool) -> None:
    """One row each, in the order in which they came."""
    with failures():
        selection = Selection(function=function, type=type, session=session, code=code)
        found = _run(_read(_access(kafka), selection))
    if json_only:
        print(as_json(found))
        return
    if found:
        print("\n".join(letter_lines(found)))
    print(_counted(len(found), "dead letter"), file=sys.stderr)


def show_letter(place: str, *, kafka: str, json_only: bool) -> None:
    """All that is known of it."""
    with failures():
        chosen = _place(place)
        found = _run(_read(_access(kafka), Selection(places=frozenset({chosen}))))
        if not found:
            raise CommandFailed(f"expected a dead letter at {chosen}, found none; `list` shows those there are")
    if json_only:
        print(as_json(found))
    else:
        print_letter(Console(highlight=False), found[0])


def replay_letters(
    places: Sequence[str],
    *,
    everything: bool,
    function: str,
    type: str,
    session: str,
    code: str,
    kafka: str,
    json_only: bool,
) -> None:
    """Each is told as soon as Kafka has it."""
    with failures():
        selection = Selection(
            places=frozenset(map(_place, places)), function=function, type=type, session=session, code=code
        )
        if selection.is_everything != everything:
            raise CommandRefused("expected places, a filter, or --all alone: which letters are to be replayed?")
        done = _run(_replay(_access(kafka), selection, json_only=json_only))
        missing = selection.places - {one.letter.place for one in done}
        refused = sum(1 for one in done if one.refusal)
        print(
            f"{_counted(len(done) - refused, 'event')} replayed, {refused} refused; safe to repeat: "
            "every function does its work once for each event",
            file=sys.stderr,
        )
        if missing:
            raise CommandFailed(f"expected dead letters at {', '.join(map(str, sorted(missing)))}, found none")
    sys.exit(1 if refused else 0)


async def _read(access: _Access, selection: Selection) -> list[DeadLetter]:
    return [letter async for letter in letters(access.bootstrap, selection, security=access.security)]


async def _replay(access: _Access, selection: Selection, *, json_only: bool) -> list[Replayed]:
    chosen = letters(access.bootstrap, selection, security=access.security)
    done = []
    async for one in replay(chosen, bootstrap=access.bootstrap, security=access.security):
        print(replayed_as_json(one) if json_only else replayed_line(one), flush=True)
        done.append(one)
    return done


def _run(work: Coroutine[Any, Any, list[Result]]) -> list[Result]:
    """Raises CommandFailed."""
    try:
        return asyncio.run(work)
    except (LettersUnreadable, ReplayFailed) as error:
        raise CommandFailed(str(error)) from error


def _access(kafka: str) -> _Access:
    """Raises CommandRefused, CommandFailed, NotRunning. `quizline up`'s own Kafka is plain."""
    try:
        security = kafka_security(os.environ) if kafka else KafkaSecurity()
        return _Access(bootstrap=kafka or read_state(home_from()).kafka, security=connection_options(security))
    except SettingError as error:
        raise CommandRefused(str(error)) from error
    except TransientFailure as error:
        raise CommandFailed(str(error)) from error


def _place(text: str) -> Place:
    try:
        return Place.parse(text)
    except PlaceError as error:
        raise CommandRefused(str(error)) from error


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
