"""rank as functions-framework runs it: wiring, nothing else."""

import functions_framework.aio

from functions.entrypoint import Entrypoint
from functions.rank.census import Census
from functions.rank.handler import RankHandler
from functions.rank.rebuilding import Rebuilding
from functions.rank.storing import BoardStore
from functions.wiring import Parts
from shared.config import FunctionSettings
from shared.events.codec import ReceivedEvent


async def _build(settings: FunctionSettings) -> RankHandler:
    parts = Parts(settings, client_id="rank")
    return RankHandler(
        sessions=parts.sessions,
        board=parts.redis.board,
        rebuilding=Rebuilding(board=parts.redis.board, scores=parts.mongo.scores),
        census=Census(parts.mongo.scores),
        store=BoardStore(parts.mongo.snapshots),
        publisher=await parts.publisher(),
    )


_entrypoint = Entrypoint("rank", _build)


@functions_framework.aio.cloud_event
async def rank(event: ReceivedEvent) -> None:
    """Handle one CloudEvent; docs/architecture.md says what this step does."""
    await _entrypoint(event)
