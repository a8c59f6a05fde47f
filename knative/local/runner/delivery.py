"""How an event is delivered: which answers count, what is tried again and when, what becomes a dead letter.

The rules are those of Knative's Kafka dispatcher (WebClientCloudEventSender). Knows neither Kafka nor processes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto

from knative.local.runner.manifests import DeliverySpec

_RETRIED_CLIENT_ERRORS = frozenset({404, 408, 409, 429})


class Unreachable(Exception):
    """No answer: refused, reset, or too late."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function said. `body` is what it gave as a reason, at most its first bytes."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an event could not be delivered. `answer` is None when the last try got none."""

    answer: Answer | None
    attempts: int


class Verdict(Enum):
    DELIVERED = auto()
    AGAIN = auto()
    NEVER = auto()


def verdict(status: int) -> Verdict:
    """What an answer's status means to the source."""
    if status < 300:
        return Verdict.DELIVERED
    if status >= 500 or status in _RETRIED_CLIENT_ERRORS:
        return Verdict.AGAIN
    return Verdict.NEVER


def backoff_s(spec: DeliverySpec, retry: int) -> float:
    """How long to wait before the `retry`-th retry, counted from 1."""
    delay_s = spec.backoff_delay.total_seconds()
    return delay_s * (2**retry if spec.backoff_policy == "exponential" else retry)


async def deliver(
    send: Callable[[], Awaitable[Answer]],
    spec: DeliverySpec,
    *,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Failure | None:
    """Send until delivered, or until `spec` has it given up: then the failure. `send` may raise Unreachable.

    Each try has the spec's time-out, in which it also waits for an instance.
    """
    for retry in range(spec.retry + 1):
        if retry:
            await pause(backoff_s(spec, retry))
        answer = await _tried(send, spec.timeout.total_seconds())
        judged = Verdict.AGAIN if answer is None else verdict(answer.status)
        if judged is Verdict.DELIVERED:
            return None
        if judged is Verdict.NEVER:
            return Failure(answer, retry + 1)
    return Failure(answer, spec.retry + 1)


async def _tried(send: Callable[[], Awaitable[Answer]], timeout_s: float) -> Answer | None:
    try:
        async with asyncio.timeout(timeout_s):
            return await send()
    except (Unreachable, TimeoutError):
        return None
