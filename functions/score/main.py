"""score as functions-framework runs it: wiring, nothing else."""

import functions_framework.aio

from functions.entrypoint import Entrypoint
from functions.score.handler import ScoreHandler
from functions.wiring import Parts
from shared.config import FunctionSettings
from shared.events.codec import ReceivedEvent


async def _build(settings: FunctionSettings) -> ScoreHandler:
    parts = Parts(settings, client_id="score")
    return ScoreHandler(quizzes=parts.mongo.quizzes, scores=parts.mongo.scores, publisher=await parts.publisher())


_entrypoint = Entrypoint("score", _build)


@functions_framework.aio.cloud_event
async def score(event: ReceivedEvent) -> None:
    """Handle one CloudEvent; docs/architecture.md says what this step does."""
    await _entrypoint(event)
