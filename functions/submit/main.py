"""submit as functions-framework runs it: wiring, nothing else."""

import functions_framework.aio

from functions.entrypoint import Entrypoint
from functions.submit.handler import SubmitHandler
from functions.wiring import Parts
from shared.config import FunctionSettings
from shared.events.codec import ReceivedEvent


async def _build(settings: FunctionSettings) -> SubmitHandler:
    parts = Parts(settings, client_id="submit")
    return SubmitHandler(
        sessions=parts.sessions,
        quizzes=parts.mongo.quizzes,
        players=parts.mongo.players,
        answers=parts.mongo.answers,
        publisher=await parts.publisher(),
    )


_entrypoint = Entrypoint("submit", _build)


@functions_framework.aio.cloud_event
async def submit(event: ReceivedEvent) -> None:
    """Handle one CloudEvent; docs/architecture.md says what this step does."""
    await _entrypoint(event)
