"""What the end-to-end tests know of the system that they test, wherever it runs."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from knative.local.play.audit import Addresses

GATEWAY = "gateway"
FUNCTIONS = ("join", "submit", "score", "rank", "broadcast")
# The longest window of the manifests, the network's grace, a pod's end, and some.
AT_ZERO_WITHIN_S = 150.0
POLL_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Where a function takes a CloudEvent over HTTP, from zero if need be."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)


class System(Protocol):
    """A local system or a cluster. A `kind` is one of FUNCTIONS, or GATEWAY."""

    @property
    def addresses(self) -> Addresses:
        """Of gateways, Kafka and MongoDB."""

    @property
    def redis_url(self) -> str: ...

    def receiver(self, function: str) -> Receiver:
        """Of one function."""

    async def instances(self) -> dict[str, int]:
        """How many of each function there are, those included that are starting."""

    async def kill(self, kind: str) -> None:
        """End every instance of a function, or one gateway, without notice. Nobody asked for: another comes."""

    async def rollout(self, kind: str) -> None:
        """Replace all of a kind in order, as a new version would; return when the new ones serve."""


async def until(condition: Callable[[], Awaitable[bool]], *, what: str, within_s: float) -> None:
    """Return once it holds; an AssertionError that says `what` was expected when it does not."""
    give_up_s = time.monotonic() + within_s
    while not await condition():
        assert time.monotonic() < give_up_s, f"expected {what} within {within_s:g} s"
        await asyncio.sleep(POLL_S)


async def until_at_zero(system: System) -> float:
    """Wait for no instance of any function; how many seconds that took."""
    began_s = time.monotonic()
    counts: dict[str, int] = {}

    async def are_at_zero() -> bool:
        counts.update(await system.instances())
        return not any(counts.values())

    try:
        await until(are_at_zero, what="every function at zero", within_s=AT_ZERO_WITHIN_S)
    except AssertionError as error:
        raise AssertionError(f"{error}, got {counts}") from error
    return time.monotonic() - began_s
