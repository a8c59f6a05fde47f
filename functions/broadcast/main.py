"""broadcast as functions-framework runs it: wiring, nothing else."""

import functions_framework.aio

from functions.broadcast.handler import BroadcastHandler
from functions.entrypoint import Entrypoint
from functions.wiring import Parts
from shared.config import FunctionSettings
from shared.events.codec import ReceivedEvent


async def _build(settings: FunctionSettings) -> BroadcastHandler:
    parts = Parts(settings, client_id="broadcast")
    return BroadcastHandler(
        feed=parts.redis.feed,
        sessions=parts.sessions,
        quizzes=parts.mongo.quizzes,
        players=parts.mongo.players,
    )


_entrypoint = Entrypoint("broadcast", _build)


@functions_framework.aio.cloud_event
async def broadcast(event: ReceivedEvent) -> None:
    """Handle one CloudEvent; docs/architecture.md says what this step does."""
    await _entrypoint(event)
