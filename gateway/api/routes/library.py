"""Routes of a host's library: quizzes, drafts, pictures."""

from types import NoneType

from gateway.access.identity import Role
from gateway.api import bounds
from gateway.api.bounds import MOST_QUIZ_BYTES, Bounds
from gateway.api.drafts import DraftBody, DraftHandlers, DraftPublishBody, DraftSaved, DraftShown, DraftsListed
from gateway.api.images import MOST_IMAGE_BYTES, ImageHandlers, ImageStored
from gateway.api.imports import ImportHandlers, ImportRefused, QuizImported
from gateway.api.operation import Operation
from gateway.api.paging import PAGE_QUERY
from gateway.api.quizzes import (
    DuplicateBody,
    QuizBody,
    QuizHandlers,
    QuizPublished,
    QuizShown,
    QuizzesListed,
    VersionBody,
    VersionsListed,
)
from gateway.api.routes.rates import a_minute

_VERSION = {"version": "Which one; the newest unless said."}


def publishing_operations(quizzes: QuizHandlers, imports: ImportHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="publish_quiz",
            method="POST",
            path="/api/quizzes",
            summary="Publish a quiz. The same request_id (without one: the same content) again is the same quiz.",
            handler=quizzes.publish,
            body=QuizBody,
            most_body_bytes=MOST_QUIZ_BYTES,
            token=Role.AUTHOR,
            replies={201: QuizPublished},
            errors=(400, 401, 409, 413, 422, 429, 503),
            limit=a_minute(600),
        ),
        Operation(
            name="import_quiz",
            method="POST",
            path="/api/quizzes/import",
            summary="Publish a question bank as it is: Quizline's JSON or CSV, Kahoot's .xlsx, GIFT, Open Trivia.",
            handler=imports.publish,
            takes="application/octet-stream",
            query={
                "name": "The file's name: it tells the format where the content does not, and the quiz's title.",
                "skip": "true: publish what can be taken, and name the rest among the warnings.",
            },
            most_body_bytes=MOST_QUIZ_BYTES,
            token=Role.AUTHOR,
            replies={201: QuizImported, 422: ImportRefused},
            errors=(401, 409, 413, 429, 503),
            limit=a_minute(120),
        ),
        Operation(
            name="publish_version",
            method="POST",
            path="/api/quizzes/{quiz_id}/versions",
            summary="Publish the next version of a quiz. Idempotent by request_id.",
            handler=quizzes.publish_version,
            body=VersionBody,
            most_body_bytes=MOST_QUIZ_BYTES,
            token=Role.AUTHOR,
            replies={201: QuizPublished},
            errors=(400, 401, 404, 409, 413, 422, 429, 503),
            limit=a_minute(600),
        ),
        Operation(
            name="duplicate_quiz",
            method="POST",
            path="/api/quizzes/{quiz_id}/duplicates",
            summary="A new quiz with the same questions. Idempotent by request_id.",
            handler=quizzes.duplicate,
            body=DuplicateBody,
            token=Role.AUTHOR,
            replies={201: QuizPublished},
            errors=(400, 401, 404, 409, 413, 422, 429, 503),
            limit=a_minute(600),
        ),
    )


def library_operations(quizzes: QuizHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="list_quizzes",
            method="GET",
            path="/api/quizzes",
            summary="One's own quizzes, what was published last first.",
            handler=quizzes.index,
            query=PAGE_QUERY,
            token=Role.AUTHOR,
            replies={200: QuizzesListed},
            errors=(401, 422, 429, 503),
            limit=a_minute(600),
        ),
        Operation(
            name="show_quiz",
            method="GET",
            path="/api/quizzes/{quiz_id}",
            summary="A quiz of one's own, whole.",
            handler=quizzes.show,
            query=_VERSION,
            token=Role.AUTHOR,
            replies={200: QuizShown},
            errors=(401, 404, 422, 503),
        ),
        Operation(
            name="list_versions",
            method="GET",
            path="/api/quizzes/{quiz_id}/versions",
            summary="The versions of a quiz of one's own.",
            handler=quizzes.versions,
            token=Role.AUTHOR,
            replies={200: VersionsListed},
            errors=(401, 404, 503),
        ),
        Operation(
            name="export_quiz",
            method="GET",
            path="/api/quizzes/{quiz_id}/export",
            summary="A quiz as a file that imports as the same quiz.",
            handler=quizzes.export,
            gives="application/octet-stream",
            query={"format": "json (unless said) or csv.", **_VERSION},
            token=Role.AUTHOR,
            replies={200: bytes},
            errors=(401, 404, 422, 503),
        ),
        Operation(
            name="delete_quiz",
            method="DELETE",
            path="/api/quizzes/{quiz_id}",
            summary="Take a quiz out of the library. Sessions of it go on, and their results stay.",
            handler=quizzes.hide,
            token=Role.AUTHOR,
            replies={204: NoneType},
            errors=(401, 503),
        ),
    )


def draft_operations(drafts: DraftHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="save_draft",
            method="PUT",
            path="/api/drafts/{draft_id}",
            summary="Save a draft on top of the revision it was made from; it need not be fit to publish."
            " 409 with the present revision when somebody else was faster.",
            handler=drafts.save,
            body=DraftBody,
            most_body_bytes=MOST_QUIZ_BYTES,
            token=Role.AUTHOR,
            replies={200: DraftSaved},
            errors=(400, 401, 404, 409, 413, 422, 429, 503),
            limit=a_minute(2_000),
        ),
        Operation(
            name="list_drafts",
            method="GET",
            path="/api/drafts",
            summary="One's own drafts, what was saved last first.",
            handler=drafts.index,
            query=PAGE_QUERY,
            token=Role.AUTHOR,
            replies={200: DraftsListed},
            errors=(401, 422, 429, 503),
            limit=a_minute(600),
        ),
        Operation(
            name="show_draft",
            method="GET",
            path="/api/drafts/{draft_id}",
            summary="A draft, whole.",
            handler=drafts.show,
            token=Role.AUTHOR,
            replies={200: DraftShown},
            errors=(401, 404, 422, 503),
        ),
        Operation(
            name="delete_draft",
            method="DELETE",
            path="/api/drafts/{draft_id}",
            summary="Delete a draft; what was published of it stays.",
            handler=drafts.delete,
            token=Role.AUTHOR,
            replies={204: NoneType},
            errors=(401, 422, 503),
        ),
        Operation(
            name="publish_draft",
            method="POST",
            path="/api/drafts/{draft_id}/publish",
            summary="Publish a revision of a draft as the next version of its quiz. Idempotent by the revision.",
            handler=drafts.publish,
            body=DraftPublishBody,
            token=Role.AUTHOR,
            replies={201: QuizPublished},
            errors=(400, 401, 404, 409, 413, 422, 429, 503),
            limit=a_minute(600),
        ),
    )


def bounds_operations() -> tuple[Operation, ...]:
    return (
        Operation(
            name="show_limits",
            method="GET",
            path="/api/limits",
            summary="How long and how many anything may be.",
            handler=bounds.show,
            replies={200: Bounds},
        ),
    )


def image_operations(images: ImageHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="store_image",
            method="POST",
            path="/api/images",
            summary="Store a picture for a question: PNG, JPEG, WebP, GIF (its first frame) or AVIF, told by the"
            " content. It becomes WebP of at most 1280 pixels, without metadata.",
            handler=images.store,
            takes="application/octet-stream",
            most_body_bytes=MOST_IMAGE_BYTES,
            token=Role.AUTHOR,
            replies={201: ImageStored},
            errors=(401, 413, 422, 429, 503),
            limit=a_minute(120),
        ),
    )
