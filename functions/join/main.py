"""join as functions-framework runs it: wiring, nothing else."""

import functions_framework.aio

from functions.entrypoint import Entrypoint
from functions.join.handler import JoinHandler
from functions.join.late_start import LateStart
from functions.wiring import Parts
from shared.adapters.nickname_filter import WordListFilter
from shared.config import FunctionSettings
from shared.events.codec import ReceivedEvent


async def _build(settings: FunctionSettings) -> JoinHandler:
    parts = Parts(settings, client_id="join")
    return JoinHandler(
        sessions=parts.sessions,
        players=parts.mongo.players,
        publisher=await parts.publisher(),
        nickname_filter=WordListFilter(),
        late_start=LateStart(parts.mongo.snapshots),
    )


_entrypoint = Entrypoint("join", _build)


@functions_framework.aio.cloud_event
async def join(event: ReceivedEvent) -> None:
    """Handle one CloudEvent; docs/architecture.md says what this step does."""
    await _entrypoint(event)
