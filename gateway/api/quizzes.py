"""A host's library: publishing, finding, copying, exporting and deleting quizzes."""

from collections.abc import AsyncGenerator
from typing import Annotated

from msgspec import Meta, Struct

from gateway.api.errors import RequestFault
from gateway.api.hosts import host_of
from gateway.api.operation import Call, Reply, Streamed
from gateway.api.paging import limit_of, next_after, number_in, place_in
from gateway.library.publishing import Publishing
from shared.domain.library import MAX_VERSIONS, LibraryEntry, QuizSummary
from shared.domain.quiz import MAX_QUESTIONS, MAX_TITLE, Question, Quiz
from shared.exporters.registry import FORMATS, export_quiz

RequestId = Annotated[str, Meta(min_length=16, max_length=64, pattern="^[A-Za-z0-9_-]+$")]
Title = Annotated[str, Meta(min_length=1, max_length=MAX_TITLE)]
Questions = Annotated[tuple[Question, ...], Meta(min_length=1, max_length=MAX_QUESTIONS)]
EXPORT_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


class QuizBody(Struct, frozen=True, kw_only=True):
    """A quiz to publish. `request_id`: random, chosen by the client; sent again, it publishes nothing more."""

    title: Title
    questions: Questions
    request_id: RequestId | None = None


class VersionBody(Struct, frozen=True, kw_only=True):
    """A new version of a quiz."""

    title: Title
    questions: Questions
    request_id: RequestId


class DuplicateBody(Struct, frozen=True, kw_only=True):
    """What the copy is called, and of which version it is: the newest unless named."""

    title: Title
    request_id: RequestId
    version: Annotated[int, Meta(ge=1)] | None = None


class QuizPublished(Struct, frozen=True, kw_only=True):
    """The name of a published quiz, for ever."""

    quiz_id: str
    version: int


class QuizListed(Struct, frozen=True, kw_only=True):
    """A quiz in the library, as of its newest version. `image_url`: its first picture, or empty."""

    quiz_id: str
    version: int
    title: str
    question_count: int
    published_at_ms: int
    image_url: str


class QuizzesListed(Struct, frozen=True, kw_only=True):
    """A page, what was published last first. `next`: for `after`; null on the last page."""

    quizzes: tuple[QuizListed, ...]
    next: str | None


class VersionListed(Struct, frozen=True, kw_only=True):
    """One version of a quiz."""

    version: int
    title: str
    question_count: int
    published_at_ms: int


class VersionsListed(Struct, frozen=True, kw_only=True):
    """All versions, the newest first."""

    versions: tuple[VersionListed, ...]


class QuizShown(Struct, frozen=True, kw_only=True):
    """A whole version, with its right answers."""

    quiz_id: str
    version: int
    title: str
    questions: tuple[Question, ...]
    published_at_ms: int


class QuizHandlers:
    """Hosts see and change their own quizzes only; anybody else's are unknown to them."""

    def __init__(self, publishing: Publishing) -> None:
        self._publishing = publishing

    async def publish(self, call: Call) -> Reply:
        body: QuizBody = call.body
        quiz = await self._publishing.publish(
            host_of(call), body.title, body.questions, request_id=body.request_id or ""
        )
        return _published(quiz)

    async def publish_version(self, call: Call) -> Reply:
        body: VersionBody = call.body
        quiz = await self._publishing.publish_version(
            host_of(call), call.path["quiz_id"], body.title, body.questions, request_id=body.request_id
        )
        return _published(quiz)

    async def duplicate(self, call: Call) -> Reply:
        body: DuplicateBody = call.body
        original = await self._publishing.quiz(host_of(call), call.path["quiz_id"], body.version)
        quiz = await self._publishing.publish(
            host_of(call), body.title, original.questions, request_id=body.request_id
        )
        return _published(quiz)

    async def index(self, call: Call) -> Reply:
        limit = limit_of(call.query)
        entries = await self._publishing.entries(host_of(call), after=place_in(call.query), limit=limit)
        further = next_after(entries[-1].published_at_ms, entries[-1].quiz_id) if len(entries) == limit else None
        return Reply(200, QuizzesListed(quizzes=tuple(_listed(entry) for entry in entries), next=further))

    async def show(self, call: Call) -> Reply:
        quiz = await self._asked(call)
        return Reply(
            200,
            QuizShown(
                quiz_id=quiz.id,
                version=quiz.version,
                title=quiz.title,
                questions=quiz.questions,
                published_at_ms=quiz.published_at_ms,
            ),
        )

    async def versions(self, call: Call) -> Reply:
        versions = await self._publishing.versions(host_of(call), call.path["quiz_id"])
        return Reply(200, VersionsListed(versions=tuple(_version(summary) for summary in versions)))

    async def export(self, call: Call) -> Reply:
        format = call.query.get("format", "json")
        if format not in FORMATS:
            raise RequestFault(422, "query_invalid", f"expected a format of {', '.join(FORMATS)}")
        quiz = await self._asked(call)
        file = export_quiz(quiz.title, quiz.questions, format=format)
        content = _one(file.content)
        return Reply(200, Streamed(media_type=EXPORT_TYPES[format], pieces=content, file_name=file.name))

    async def hide(self, call: Call) -> Reply:
        await self._publishing.hide(host_of(call), call.path["quiz_id"])
        return Reply(204, None)

    async def _asked(self, call: Call) -> Quiz:
        """The version that the query names, else the newest."""
        version = number_in(call.query, "version", least=1, most=MAX_VERSIONS, default=0)
        return await self._publishing.quiz(host_of(call), call.path["quiz_id"], version or None)


def _published(quiz: Quiz) -> Reply:
    return Reply(201, QuizPublished(quiz_id=quiz.id, version=quiz.version))


def _listed(entry: LibraryEntry) -> QuizListed:
    return QuizListed(
        quiz_id=entry.quiz_id,
        version=entry.version,
        title=entry.title,
        question_count=entry.question_count,
        published_at_ms=entry.published_at_ms,
        image_url=entry.image_url,
    )


def _version(summary: QuizSummary) -> VersionListed:
    return VersionListed(
        version=summary.version,
        title=summary.title,
        question_count=summary.question_count,
        published_at_ms=summary.published_at_ms,
    )


async def _one(content: bytes) -> AsyncGenerator[bytes, None]:
    yield content
