"""Faults on demand: the n-th call of a port fails before or after its effect, or all calls while a part is away.

Every fake's method passes through `port_call`, which also gives the other tasks a turn, as a real call over a
wire does. So a test can crash a handler at each of its awaits in turn, and races are raced.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from enum import Enum, StrEnum
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

from shared.domain.errors import TransientFailure


class When(Enum):
    """Where a call breaks: before its effect (nothing happened) or after it (the reply was lost)."""

    BEFORE = "before"
    AFTER = "after"


class Part(StrEnum):
    """What a fake stands for, by the name of the server."""

    KAFKA = "kafka"
    MONGODB = "mongodb"
    REDIS = "redis"


class Faults:
    """Counts the calls of all fakes that share it, and breaks the one that was chosen.

    `calls` names every call so far ("MemoryAnswers.add"); it tells a test how many n there are to try. While a
    part is in `away`, all calls to it fail.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.away: set[Part] = set()
        self._chosen: tuple[int, When] | None = None

    def fail_call(self, number: int, when: When) -> None:
        """Break the `number`-th call from now (counted from 1), once."""
        if number < 1:
            raise ValueError(f"expected a call number from 1, got {number}")
        self._chosen = (len(self.calls) + number, when)

    def forgive(self) -> None:
        """Break nothing more."""
        self._chosen = None

    def begin(self, part: Part, name: str) -> int:
        """Count a call; returns its number."""
        self.calls.append(name)
        number = len(self.calls)
        self._check(part, number, When.BEFORE)
        return number

    def end(self, part: Part, number: int) -> None:
        """The call's effect is there; its reply may still be lost."""
        self._check(part, number, When.AFTER)

    def _check(self, part: Part, number: int, when: When) -> None:
        name = self.calls[number - 1]
        if part in self.away:
            raise TransientFailure(f"{name}: {part} is away")
        if self._chosen == (number, when):
            self._chosen = None
            raise TransientFailure(f"{name}: broken {when.value} its effect, as call {number}")


class Faulty(Protocol):
    """A fake whose calls can be broken."""

    part: ClassVar[Part]

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
        number = fake.faults.begin(fake.part, f"{type(fake).__name__}.{method.__name__}")
        reply = await method(fake, *args, **kwargs)
        fake.faults.end(fake.part, number)
        return reply

    return call
