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

import structlog
from starlette.exceptions import HTTPException
from structlog.contextvars import bound_contextvars

from shared.config import FunctionSettings, function_settings
from shared.domain.errors import MalformedEvent, TransientFailure
from shared.events.codec import ReceivedEvent, from_received
from shared.events.event import Event
from shared.observability.logging import configure_logging

log = structlog.get_logger()


class Handler(Protocol):
    """What a function does with one event. Idempotent and commutative."""

    async def handle(self, event: Event) -> None:
        """Raises MalformedEvent or TransientFailure; anything else is a bug."""


class Entrypoint:
    """One function's way in. `build` makes the handler on the first event, on the running loop: nothing connects
    at import, and the server is ready before the drivers are loaded.
    """

    def __init__(self, name: str, build: Callable[[FunctionSettings], Awaitable[Handler]]) -> None:
        self._name = name
        self._build = build
        self._building = asyncio.Lock()
        self._handler: Handler | None = None

    async def __call__(self, received: ReceivedEvent) -> None:
        """Handle one event, or raise HTTPException with the status that tells the source what to do next."""
        try:
            event = from_received(received)
        except MalformedEvent as error:
            log.warning("event_malformed", **{"error.message": str(error)})
            raise HTTPException(422, str(error)) from error
        with bound_contextvars(
            **{"event.id": event.id, "event.type": event.type.name, "session.id": event.subject},
            traceparent=event.traceparent,
        ):
            await self._handled(event)

    async def _handled(self, event: Event) -> None:
        try:
            handler = await self._built()
            await handler.handle(event)
        except MalformedEvent as error:
            log.warning("event_malformed", **{"error.message": str(error)})
            raise HTTPException(422, str(error)) from error
        except TransientFailure as error:
            log.warning("event_postponed", **{"error.message": str(error)})
            raise HTTPException(503, str(error)) from error
        except Exception as error:
            log.exception("event_failed")
            raise HTTPException(500, f"expected to handle the event, got {type(error).__name__}") from error

    async def _built(self) -> Handler:
        if self._handler is None:
            async with self._building:
                if self._handler is None:
                    settings = function_settings(os.environ)
                    configure_logging(service=self._name, level=settings.log_level)
                    self._handler = await self._build(settings)
        return self._handler
