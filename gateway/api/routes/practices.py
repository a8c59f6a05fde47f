"""Routes of practising alone."""

from gateway.access.identity import Role
from gateway.api.operation import Operation
from gateway.api.practices import PracticeBody, PracticeHandlers, PracticeLink, PracticeOpened
from gateway.api.routes.rates import a_minute


def practice_operations(practices: PracticeHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="link_practice",
            method="POST",
            path="/api/quizzes/{quiz_id}/practice-links",
            summary="A link for whoever may practise a quiz of one's own, right answers hidden.",
            handler=practices.link,
            token=Role.AUTHOR,
            replies={201: PracticeLink},
            errors=(401, 404, 429, 503),
            limit=a_minute(120),
        ),
        Operation(
            name="open_practice",
            method="POST",
            path="/api/practices",
            summary="Open a self-paced session for one, of the quiz that the link is for; join it by its code.",
            handler=practices.open,
            body=PracticeBody,
            replies={201: PracticeOpened},
            errors=(400, 401, 404, 413, 422, 429, 503),
            limit=a_minute(600),
        ),
    )
