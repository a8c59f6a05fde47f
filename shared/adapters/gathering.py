"""Requests that come while others are under way go out together, as one call of a driver.

Through asyncio a driver's call costs far more than what it carries: a thread hop or a round trip, locks, timers.
So one call at a time is under way, and who comes meanwhile shares the next. It refuses to let a request share a
call that began before it came: what is read is never older than the request.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Request = TypeVar("Request")
Result = TypeVar("Result")


@dataclass(slots=True)
class _Asked(Generic[Request, Result]):
    request: Request
    result: asyncio.Future[Result]


class Gathering(Generic[Request, Result]):
    """`carry_out` takes at most `most` requests and returns for each, in order, its result or the exception that
    is its own; what it raises is everybody's. Bounded by the requests in flight: each waits for its own result.

    `pace_s`: calls begin at least this far apart. A lone request after a pause goes out at once.
    """

    def __init__(
        self,
        carry_out: Callable[[list[Request]], Awaitable[Sequence[Result | Exception]]],
        *,
        most: int,
        pace_s: float = 0.0,
    ) -> None:
        self._carry_out = carry_out
        self._most = most
        self._pace_s = pace_s
        self._next_s = float("-inf")
        self._waiting: deque[_Asked[Request, Result]] = deque()
        self._work: asyncio.Task[None] | None = None

    async def ask(self, request: Request) -> Result:
        """This request's own result, or exception. Cancelled, it goes out no more, if it has not yet."""
        asked = _Asked[Request, Result](request, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._work is None:
            self._work = asyncio.create_task(self._carry_out_all())
        return await asked.result

    async def _carry_out_all(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                if loop.time() < self._next_s:
                    await asyncio.sleep(self._next_s - loop.time())
                self._next_s = loop.time() + self._pace_s
                taken = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
                await self._carry_out_together([asked for asked in taken if not asked.result.done()])
        finally:
            self._work = None

    async def _carry_out_together(self, together: list[_Asked[Request, Result]]) -> None:
        if not together:
            return
        outcomes: Sequence[Result | Exception]
        try:
            outcomes = await self._carry_out([asked.request for asked in together])
        except Exception as error:  # noqa: BLE001 - handed to everybody who asked
            outcomes = [error] * len(together)
        for asked, outcome in zip(together, outcomes, strict=True):
            if asked.result.done():
                continue
            if isinstance(outcome, Exception):
                asked.result.set_exception(outcome)
            else:
                asked.result.set_result(outcome)
