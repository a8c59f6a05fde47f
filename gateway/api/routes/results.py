"""Routes of how a session went: what its host takes home, and what the room may see of a question."""

from gateway.access.identity import Role
from gateway.api.counts import CountsHandlers
from gateway.api.operation import Handler, Operation
from gateway.api.results import ResultsHandlers
from gateway.api.routes.rates import a_minute
from shared.results.counts import AnswerCounts
from shared.results.files import MEDIA_TYPES
from shared.results.statistics import QuestionStatistics


def results_operations(results: ResultsHandlers, counts: CountsHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="show_statistics",
            method="GET",
            path="/api/sessions/{session_id}/questions/{index}/statistics",
            summary="How a question went: 409 until it is closed. `index` is from 0.",
            handler=results.statistics,
            token=Role.HOST,
            replies={200: QuestionStatistics},
            errors=(401, 404, 409, 503),
        ),
        Operation(
            name="show_counts",
            method="GET",
            path="/api/sessions/{code}/questions/{index}/counts",
            summary="How a question went, for the room: 409 until it is closed. `index` is from 0.",
            handler=counts.show,
            replies={200: AnswerCounts},
            errors=(403, 404, 409, 429, 503),
            limit=a_minute(600),
        ),
        *(_file(format, handler) for format, handler in results.by_format.items()),
    )


def _file(format: str, handler: Handler) -> Operation:
    return Operation(
        name=f"results_{format}",
        method="GET",
        path=f"/api/sessions/{{session_id}}/results.{format}",
        summary=f"Every answer with its points, as {format.upper()}: during the session and ever after.",
        handler=handler,
        token=Role.HOST,
        gives=MEDIA_TYPES[format].partition(";")[0],
        replies={200: bytes},
        errors=(401, 404, 503),
    )
