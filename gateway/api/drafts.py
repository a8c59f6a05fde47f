"""Drafts over HTTP: autosave, and what is still missing before a draft can be published."""

import re
from typing import Annotated

from msgspec import Meta, Struct

from gateway.api.errors import RequestFault
from gateway.api.hosts import host_of
from gateway.api.operation import Call, Reply
from gateway.api.paging import limit_of, next_after, place_in
from gateway.api.problems import QuizProblem, quiz_problem
from gateway.api.quizzes import QuizPublished
from gateway.library.drafting import Drafting
from shared.domain.library import Draft, DraftSummary
from shared.domain.quiz import MAX_QUESTIONS, Question, located_problems

# Room for a title that is too long: its problem is told, and nothing is lost.
MOST_TITLE = 1_000
_DRAFT_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
MOST_REVISION = 2**53 - 1


class DraftBody(Struct, frozen=True, kw_only=True):
    """`revision`: the one that this was made from; 0 for a new draft. It need not be fit to publish.

    `quiz_id`: the quiz to make a new version of; without it, publishing makes a quiz of the draft's own.
    """

    revision: Annotated[int, Meta(ge=0, le=MOST_REVISION)]
    title: Annotated[str, Meta(max_length=MOST_TITLE)] = ""
    questions: Annotated[tuple[Question, ...], Meta(max_length=MAX_QUESTIONS)] = ()
    quiz_id: Annotated[str, Meta(min_length=1, max_length=128)] | None = None


class DraftSaved(Struct, frozen=True, kw_only=True):
    """`problems`: what keeps it from being published; `question` counts from 0, null for the quiz as a whole."""

    draft_id: str
    quiz_id: str
    revision: int
    saved_at_ms: int
    problems: tuple[QuizProblem, ...]


class DraftShown(Struct, frozen=True, kw_only=True):
    """The whole draft. It has changes that are not published while `revision` differs from `published_revision`.

    `published_version`: the version made of it last, 0 for none.
    """

    draft_id: str
    quiz_id: str
    revision: int
    saved_at_ms: int
    title: str
    questions: tuple[Question, ...]
    published_revision: int
    published_version: int
    problems: tuple[QuizProblem, ...]


class DraftListed(Struct, frozen=True, kw_only=True):
    """A draft without its questions."""

    draft_id: str
    quiz_id: str
    revision: int
    saved_at_ms: int
    title: str
    question_count: int
    published_revision: int
    published_version: int


class DraftsListed(Struct, frozen=True, kw_only=True):
    """A page, what was saved last first. `next`: for `after`; null on the last page."""

    drafts: tuple[DraftListed, ...]
    next: str | None


class DraftPublishBody(Struct, frozen=True, kw_only=True):
    """Which revision: what is published is what was seen."""

    revision: Annotated[int, Meta(ge=1, le=MOST_REVISION)]


class DraftHandlers:
    """A draft belongs to the host who saved it; others' are unknown."""

    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting

    async def save(self, call: Call) -> Reply:
        body: DraftBody = call.body
        draft = await self._drafting.save(
            host_of(call),
            _draft_id(call),
            revision=body.revision,
            title=body.title,
            questions=body.questions,
            quiz_id=body.quiz_id,
        )
        saved = DraftSaved(
            draft_id=draft.id,
            quiz_id=draft.quiz_id,
            revision=draft.revision,
            saved_at_ms=draft.saved_at_ms,
            problems=_problems(draft),
        )
        return Reply(200, saved)

    async def show(self, call: Call) -> Reply:
        draft = await self._drafting.get(host_of(call), _draft_id(call))
        shown = DraftShown(
            draft_id=draft.id,
            quiz_id=draft.quiz_id,
            revision=draft.revision,
            saved_at_ms=draft.saved_at_ms,
            title=draft.title,
            questions=draft.questions,
            published_revision=draft.published_revision,
            published_version=draft.published_version,
            problems=_problems(draft),
        )
        return Reply(200, shown)

    async def index(self, call: Call) -> Reply:
        limit = limit_of(call.query)
        drafts = await self._drafting.of_owner(host_of(call), after=place_in(call.query), limit=limit)
        further = next_after(drafts[-1].saved_at_ms, drafts[-1].id) if len(drafts) == limit else None
        return Reply(200, DraftsListed(drafts=tuple(_listed(draft) for draft in drafts), next=further))

    async def delete(self, call: Call) -> Reply:
        await self._drafting.delete(host_of(call), _draft_id(call))
        return Reply(204, None)

    async def publish(self, call: Call) -> Reply:
        body: DraftPublishBody = call.body
        quiz = await self._drafting.publish(host_of(call), _draft_id(call), revision=body.revision)
        return Reply(201, QuizPublished(quiz_id=quiz.id, version=quiz.version))


def _draft_id(call: Call) -> str:
    draft_id: str = call.path["draft_id"]
    if _DRAFT_ID.fullmatch(draft_id) is None:
        raise RequestFault(422, "draft_id_invalid", "expected a draft's id of 16 to 64 letters, digits, - and _")
    return draft_id


def _problems(draft: Draft) -> tuple[QuizProblem, ...]:
    return tuple(map(quiz_problem, located_problems(draft.title, draft.questions)))


def _listed(draft: DraftSummary) -> DraftListed:
    return DraftListed(
        draft_id=draft.id,
        quiz_id=draft.quiz_id,
        revision=draft.revision,
        saved_at_ms=draft.saved_at_ms,
        title=draft.title,
        question_count=draft.question_count,
        published_revision=draft.published_revision,
        published_version=draft.published_version,
    )
