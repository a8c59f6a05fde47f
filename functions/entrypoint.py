"""Where an HTTP request becomes a handled event, and an outcome becomes a status code: the one place for both.

    2xx  handled, which includes refusals by rule: the source goes on
    422  MalformedEvent: straight to the dead letters, trying again cannot help
    503  TransientFailure: the source tries again later
    500  a bug: the source tries again, then the dead letters keep it

Never 404, 408, 409 or 429: a KafkaSource would retry them (KNATIVE.md).
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.exceptions import HTTPException

from shared.collector import collect_rarely
from shared.config import FunctionSettings, function_settings
from shared.domain.errors import MalformedEvent, TransientFailure
from shared.events.codec import ReceivedEvent, from_received
from shared.events.event import Event


class Handler(Protocol):
    """What a function does with one event. Idempotent and commutative."""

    async def handle(self, event: Event) -> None:
        """Raises MalformedEvent or TransientFailure; anything else is a bug."""


class Entrypoint:
    """One function's way in. Settings are read at start: a missing one stops it and is named. `build` makes the
    handler on the first event, on the running loop: nothing connects at import, and the server is ready before the
    drivers are loaded.
    """

    def __init__(self, name: str, build: Callable[[FunctionSettings], Awaitable[Handler]]) -> None:
        self._name = name
        self._settings = function_settings(os.environ)
        self._build = build
        self._building = asyncio.Lock()
        self._handler: Handler | None = None

    async def __call__(self, received: ReceivedEvent) -> None:
        """Handle one event, or raise HTTPException with the status that tells the source what to do next."""
        event: Event | None = None
        try:
            event = from_received(received)
            handler = await self._built()
            await handler.handle(event)
        except MalformedEvent as error:
            self._log("event_malformed", event, error)
            raise HTTPException(422, str(error)) from error
        except TransientFailure as error:
            self._log("event_postponed", event, error)
            raise HTTPException(503, str(error)) from error
        except Exception as error:
            self._log("event_failed", event, error, exc_info=error)
            raise HTTPException(500, f"expected to handle the event, got {type(error).__name__}") from error

    async def _built(self) -> Handler:
        if self._handler is None:
            async with self._building:
                if self._handler is None:
                    self._handler = await self._build(self._settings)
                    collect_rarely()  # drivers and modules are loaded by now
        return self._handler

    def _log(self, name: str, event: Event | None, error: Exception, *, exc_info: Exception | None = None) -> None:
        """Only failures are logged, so logging too is loaded on first use: 150 ms of a cold start where structlog
        finds rich installed.
        """
        from shared.observability.logging import function_logger

        log = function_logger(service=self._name, level=self._settings.log_level)
        if event is not None:
            log = log.bind(
                **{"event.id": event.id, "event.type": event.type.name, "session.id": event.subject},
                traceparent=event.traceparent,
            )
        log.warning(name, **{"error.message": str(error)}, exc_info=exc_info)
