"""Delivery: what is tried again, when, and what becomes a failure. No clock, no network: both are arguments."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import pytest

from knative.local.runner.delivery import Answer, Failure, Unreachable, Verdict, backoff_s, deliver, verdict
from knative.local.runner.manifests import DeliverySpec

SPEC = DeliverySpec(retry=3, backoff_delay=timedelta(milliseconds=100), timeout=timedelta(seconds=5))


class Function:
    """Answers with the given statuses in turn; None means that it cannot be reached."""

    def __init__(self, statuses: Iterable[int | None]) -> None:
        self._statuses = iter(statuses)
        self.requests = 0
        self.pauses: list[float] = []

    async def send(self) -> Answer:
        self.requests += 1
        status = next(self._statuses)
        if status is None:
            raise Unreachable("gone")
        return Answer(status, b"reason")

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def delivered(self, spec: DeliverySpec = SPEC) -> Failure | None:
        return await deliver(self.send, spec, pause=self.pause)


@pytest.mark.parametrize("status", [200, 202, 204])
def test_verdict_of_success_is_delivered(status: int) -> None:
    """Any 2xx."""
    assert verdict(status) is Verdict.DELIVERED


@pytest.mark.parametrize("status", [404, 408, 409, 429, 500, 503, 504])
def test_verdict_of_a_passing_fault_is_again(status: int) -> None:
    """Those that Knative retries."""
    assert verdict(status) is Verdict.AGAIN


@pytest.mark.parametrize("status", [301, 400, 401, 403, 405, 413, 422])
def test_verdict_of_anything_else_is_never(status: int) -> None:
    """Redirects too: they are not followed."""
    assert verdict(status) is Verdict.NEVER


async def test_deliver_at_the_first_success_stops() -> None:
    """One request, no pause."""
    function = Function([200])
    assert await function.delivered() is None
    assert (function.requests, function.pauses) == (1, [])


async def test_deliver_after_faults_and_silence_succeeds() -> None:
    """Each retry waits twice as long as the one before, beginning at twice the delay, as Knative computes it."""
    function = Function([503, None, 500, 200])
    assert await function.delivered() is None
    assert function.pauses == pytest.approx([0.2, 0.4, 0.8])


async def test_deliver_with_no_retries_left_fails_with_the_last_answer() -> None:
    """Three retries are four tries."""
    function = Function([None, 500, 500, 503])
    assert await function.delivered() == Failure(Answer(503, b"reason"), 4)


async def test_deliver_to_what_never_answers_fails_without_an_answer() -> None:
    """Then only the destination is known."""
    function = Function([500, None, None, None])
    assert await function.delivered() == Failure(None, 4)


async def test_deliver_of_a_malformed_event_fails_at_once() -> None:
    """Trying again cannot help."""
    function = Function([422])
    assert await function.delivered() == Failure(Answer(422, b"reason"), 1)


async def test_deliver_to_what_hangs_counts_as_no_answer() -> None:
    """Each try has its own time-out."""
    hung = asyncio.Event()

    async def never() -> Answer:
        await hung.wait()
        return Answer(200, b"")

    spec = DeliverySpec(retry=1, timeout=timedelta(milliseconds=10))
    assert await deliver(never, spec) == Failure(None, 2)


def test_backoff_of_the_linear_policy_grows_by_the_delay() -> None:
    """delay, 2 × delay, 3 × delay."""
    spec = DeliverySpec(backoff_policy="linear", backoff_delay=timedelta(seconds=2))
    assert [backoff_s(spec, retry) for retry in (1, 2, 3)] == [2, 4, 6]
