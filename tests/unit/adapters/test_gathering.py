"""Requests that gather while a call is under way: shared by the next, each with its own outcome."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.adapters.gathering import Gathering


class Store:
    """Doubles numbers. A call waits until it is let go; 13 fails alone, 666 fails the whole call."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.began_s: list[float] = []
        self.let_go = asyncio.Event()
        self.called = asyncio.Event()

    async def double(self, numbers: list[int]) -> Sequence[int | Exception]:
        self.calls.append(numbers)
        self.began_s.append(asyncio.get_running_loop().time())
        self.called.set()
        await self.let_go.wait()
        if 666 in numbers:
            raise ValueError("the whole call")
        return [ValueError("alone") if number == 13 else 2 * number for number in numbers]


async def asked(gathering: Gathering[int, int], store: Store, *numbers: int) -> list[asyncio.Task[int]]:
    """The first is under way, the others wait."""
    first, *others = numbers
    tasks = [asyncio.create_task(gathering.ask(first))]
    await store.called.wait()
    tasks += [asyncio.create_task(gathering.ask(number)) for number in others]
    await asyncio.sleep(0)
    return tasks


async def test_requests_while_a_call_is_under_way_share_the_next() -> None:
    """None joins a call that has begun."""
    store = Store()
    tasks = await asked(Gathering[int, int](store.double, most=10), store, 1, 2, 3)
    store.let_go.set()
    assert await asyncio.gather(*tasks) == [2, 4, 6]
    assert store.calls == [[1], [2, 3]]


async def test_requests_beyond_the_most_go_out_in_a_further_call() -> None:
    """No call is larger than `most`."""
    store = Store()
    tasks = await asked(Gathering[int, int](store.double, most=2), store, 1, 2, 3, 4)
    store.let_go.set()
    await asyncio.gather(*tasks)
    assert store.calls == [[1], [2, 3], [4]]


async def test_request_that_fails_alone_fails_its_own_caller_only() -> None:
    """The others get their results."""
    store = Store()
    tasks = await asked(Gathering[int, int](store.double, most=10), store, 1, 13, 3)
    store.let_go.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [outcomes[0], outcomes[2]] == [2, 6]
    assert str(outcomes[1]) == "alone"


async def test_call_that_fails_fails_everybody_in_it_and_nobody_after() -> None:
    """Whoever asks next gets a call of its own."""
    store = Store()
    gathering = Gathering[int, int](store.double, most=10)
    tasks = await asked(gathering, store, 1, 666, 3)
    store.let_go.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(outcome) for outcome in outcomes[1:]] == ["the whole call"] * 2
    assert await gathering.ask(5) == 10


async def test_request_cancelled_while_it_waits_does_not_go_out() -> None:
    """And nobody else notices."""
    store = Store()
    tasks = await asked(Gathering[int, int](store.double, most=10), store, 1, 2, 3)
    tasks[1].cancel()
    await asyncio.wait({tasks[1]})
    store.let_go.set()
    assert await tasks[2] == 6
    assert store.calls == [[1], [3]]
    with pytest.raises(asyncio.CancelledError):
        await tasks[1]


async def test_calls_with_a_pace_begin_that_far_apart() -> None:
    """The lone first one goes out at once."""
    store = Store()
    store.let_go.set()
    gathering = Gathering[int, int](store.double, most=10, pace_s=0.05)
    for number in range(3):
        await gathering.ask(number)
    gaps_s = [after - before for before, after in zip(store.began_s, store.began_s[1:], strict=False)]
    assert min(gaps_s) >= 0.05
