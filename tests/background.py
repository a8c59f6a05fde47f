"""An async context manager kept open in a thread of its own, for what outlives one test's event loop."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, TypeVar

Held = TypeVar("Held")
Result = TypeVar("Result")


class Background(Generic[Held]):
    """`held` is what the context manager gave. Processes that it starts live until `close`, as the thread does."""

    def __init__(self, enter: Callable[[], AbstractAsyncContextManager[Held]]) -> None:
        self._enter = enter
        self._entered: Future[Held] = Future()
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)
        self._thread.start()
        self.held = self._entered.result()

    async def run(self, step: Coroutine[Any, Any, Result]) -> Result:
        """Await `step` on the background's loop, from the caller's."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(step, self._loop))

    def close(self) -> None:
        """Leave the context manager; return when it is left."""
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._hold())
        except BaseException as error:
            if self._entered.done():
                raise  # pytest reports what a thread did not catch
            self._entered.set_exception(error)

    async def _hold(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        async with self._enter() as held:
            self._entered.set_result(held)
            await self._closing.wait()
