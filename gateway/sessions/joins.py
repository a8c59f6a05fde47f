"""Join requests that wait for their outcome, which comes on this gateway's channel."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

Waiter = asyncio.Future[bytes]


class Joins:
    """The outcome is the JSON of PlayerJoined or PlayerRefused. Several may wait for the same one."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Waiter]] = {}

    @contextmanager
    def expected(self, request_id: str) -> Iterator[Waiter]:
        """Begin to wait before the request goes out. Bounded by the HTTP requests in flight."""
        waiter: Waiter = asyncio.get_running_loop().create_future()
        waiters = self._waiting.setdefault(request_id, [])
        waiters.append(waiter)
        try:
            yield waiter
        finally:
            waiter.cancel()
            waiters.remove(waiter)
            if not waiters:
                self._waiting.pop(request_id, None)

    def resolve(self, request_id: str, outcome: bytes) -> None:
        """The outcome has come; nobody may be waiting any more."""
        for waiter in self._waiting.get(request_id, ()):
            if not waiter.done():
                waiter.set_result(outcome)
