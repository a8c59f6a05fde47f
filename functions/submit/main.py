"""submit as functions-framework runs it: wiring, nothing else."""

import functions_framework.aio

from functions.entrypoint import Entrypoint
from functions.submit.handler import SubmitHandler
from functions.submit.opening import QuestionOpener
from functions.wiring import Parts
from shared.config import FunctionSettings
from shared.events.codec import ReceivedEvent


async def _build(settings: FunctionSettings) -> SubmitHandler:
    parts = Parts(settings, client_id="submit")
    sessions, publisher = parts.sessions, await parts.publisher()
    opener = QuestionOpener(
        sessions=sessions,
        quizzes=parts.mongo.quizzes,
        players=parts.mongo.players,
        answers=parts.mongo.answers,
        openings=parts.mongo.openings,
        publisher=publisher,
        clock=await parts.clock(),
    )
    return SubmitHandler(
        sessions=sessions,
        quizzes=parts.mongo.quizzes,
        players=parts.mongo.players,
        answers=parts.mongo.answers,
        openings=parts.mongo.openings,
        publisher=publisher,
        opener=opener,
    )


_entrypoint = Entrypoint("submit", _build)


@functions_framework.aio.cloud_event
async def submit(event: ReceivedEvent) -> None:
    """Handle one CloudEvent; docs/architecture.md says what this step does."""
    await _entrypoint(event)
