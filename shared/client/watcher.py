"""A client that follows a session's feed: the part that players, hosts and screens have in common."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from shared.client.clock import ServerClock
from shared.client.http import Gateways
from shared.client.signal import Signal
from shared.client.socket import FeedSocket
from shared.client.view import FeedView
from shared.protocol import ClientMessage, ServerMessage

Listener = Callable[[ServerMessage], None]


class Watcher:
    """Follows by `token` (a player's or host's) or by `code` (a screen's), within `async with`.

    `view` is always the newest state. `listener` is told each message at once, after the view took it.
    """

    def __init__(
        self,
        gateways: Gateways,
        *,
        token: str | None = None,
        code: str | None = None,
        listener: Listener | None = None,
    ) -> None:
        self.view = FeedView()
        self.changed = Signal()
        self._listener = listener
        self._socket = FeedSocket(
            gateways,
            token=token,
            code=code,
            view=self.view,
            changed=self.changed,
            on_message=self._heard,
            on_open=self._to_send_first,
            tick=self._to_send_again,
        )
        self._task: asyncio.Task[None] | None = None

    @property
    def clock(self) -> ServerClock:
        return self._socket.clock

    @property
    def is_connected(self) -> bool:
        return self._socket.is_open

    @property
    def reconnects(self) -> int:
        """Connections after the first."""
        return max(0, self._socket.connections - 1)

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._socket.run())
        self._task.add_done_callback(self._ended)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.wait([self._task])

    def drop(self) -> None:
        """Break the connection, as a network does; the next one resumes."""
        self._socket.drop()

    async def until(self, condition: Callable[[FeedView], bool], *, timeout_s: float | None = None) -> None:
        """Return once the view fulfils `condition`. Raises TimeoutError, or Refused if the server sent us away."""
        await self.changed.until(lambda: condition(self.view), timeout_s=timeout_s)

    def _heard(self, message: ServerMessage) -> None:
        if self._listener is not None:
            self._listener(message)

    def _to_send_first(self) -> list[ClientMessage]:
        return []

    def _to_send_again(self) -> list[ClientMessage]:
        return []

    def _ended(self, task: asyncio.Task[None]) -> None:
        """The connection's task is supervised by whoever waits: its end fails their waiting."""
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self.changed.fail(error)
        else:
            self.changed.fail(RuntimeError("expected an open client, got one that was closed"))
