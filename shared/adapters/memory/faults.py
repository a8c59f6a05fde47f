"""Faults on demand: the n-th call of a port fails before or after its effect, or all calls while a part is away.

Every fake's method passes through `port_call`, which also gives the other tasks a turn, as a real call over a
wire does. So a test can crash a handler at each of its awaits in turn, and races are raced.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from enum import Enum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from shared.domain.errors import TransientFailure


class When(Enum):
    """Where a call breaks: before its effect (nothing happened) or after it (the reply was lost)."""

    BEFORE = "before"
    AFTER = "after"


class Faults:
    """Counts the calls of all fakes that share it, and breaks the one that was chosen.

    `calls` names every call so far ("MemoryAnswers.add"); it tells a test how many n there are to try.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.away = False
        self._chosen: tuple[int, When] | None = None

    def fail_call(self, number: int, when: When) -> None:
        """Break the `number`-th call from now (counted from 1), once."""
        if number < 1:
            raise ValueError(f"expected a call number from 1, got {number}")
        self._chosen = (len(self.calls) + number, when)

    def begin(self, name: str) -> int:
        """Count a call; returns its number."""
        self.calls.append(name)
        number = len(self.calls)
        self._check(number, When.BEFORE)
        return number

    def end(self, number: int) -> None:
        self._check(number, When.AFTER)

    def _check(self, number: int, when: When) -> None:
        name = self.calls[number - 1]
        if self.away:
            raise TransientFailure(f"{name}: the part is away")
        if self._chosen == (number, when):
            self._chosen = None
            raise TransientFailure(f"{name}: broken {when.value} its effect, as call {number}")


class Faulty(Protocol):
    """A fake whose calls can be broken."""

    @property
    def faults(self) -> Faults: ...


Fake = TypeVar("Fake", bound=Faulty)
Parameters = ParamSpec("Parameters")
Reply = TypeVar("Reply")


def port_call(
    method: Callable[Concatenate[Fake, Parameters], Awaitable[Reply]],
) -> Callable[Concatenate[Fake, Parameters], Coroutine[Any, Any, Reply]]:
    """A fake's method as a call that may fail, and during which others run."""

    @wraps(method)
    async def call(fake: Fake, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Reply:
        await asyncio.sleep(0)
        number = fake.faults.begin(f"{type(fake).__name__}.{method.__name__}")
        reply = await method(fake, *args, **kwargs)
        fake.faults.end(number)
        return reply

    return call
