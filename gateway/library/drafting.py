"""Drafts: saved while somebody types, by comparing revisions, so that two windows never undo each other's work."""

from collections.abc import Sequence

from gateway.library.publishing import Publishing
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.library import MAX_DRAFTS, Draft, DraftSummary, quiz_id_of
from shared.domain.quiz import Question, Quiz
from shared.ports.clock import Clock
from shared.ports.drafts import Drafts
from shared.ports.paging import Place


class StaleDraft(Refusal):
    """DRAFT_STALE, with the revision that would not have been; 0 when there is no such draft."""

    def __init__(self, *, expected: int, got: int) -> None:
        message = f"expected revision {expected} of the draft, got {got}"
        super().__init__(RefusalCode.DRAFT_STALE, message)
        self.revision = expected


class Drafting:
    """Every method may be repeated. All raise TransientFailure when a store is away."""

    def __init__(self, *, drafts: Drafts, publishing: Publishing, clock: Clock) -> None:
        self._drafts = drafts
        self._publishing = publishing
        self._clock = clock

    async def save(
        self,
        owner_id: str,
        draft_id: str,
        *,
        revision: int,
        title: str,
        questions: tuple[Question, ...],
        quiz_id: str | None,
    ) -> Draft:
        """On top of `revision`, the one that was seen; 0 for a new draft.

        Raises StaleDraft, or Refusal (LIBRARY_FULL, QUIZ_UNKNOWN for a `quiz_id` that is not this owner's).
        """
        own_quiz_id = quiz_id_of(owner_id, f"draft:{draft_id}")
        if quiz_id is not None and quiz_id != own_quiz_id:
            await self._publishing.entry(owner_id, quiz_id)
        if revision == 0 and await self._drafts.count(owner_id) >= MAX_DRAFTS:
            await self._check_room(owner_id, draft_id)
        draft = Draft(
            id=draft_id,
            owner_id=owner_id,
            quiz_id=quiz_id or own_quiz_id,
            revision=revision + 1,
            saved_at_ms=self._clock.now_ms(),
            title=title,
            questions=questions,
        )
        if not await self._drafts.save(draft):
            stored = await self._drafts.get(owner_id, draft_id)
            raise StaleDraft(expected=0 if stored is None else stored.revision, got=revision)
        return draft

    async def get(self, owner_id: str, draft_id: str) -> Draft:
        """Raises Refusal DRAFT_UNKNOWN."""
        draft = await self._drafts.get(owner_id, draft_id)
        if draft is None:
            raise Refusal(RefusalCode.DRAFT_UNKNOWN, "expected a draft of yours")
        return draft

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[DraftSummary]:
        """A page of them, what was saved last first."""
        return await self._drafts.of_owner(owner_id, after=after, limit=limit)

    async def delete(self, owner_id: str, draft_id: str) -> None:
        await self._drafts.delete(owner_id, draft_id)

    async def publish(self, owner_id: str, draft_id: str, *, revision: int) -> Quiz:
        """What stands under `revision`, as the next version of the draft's quiz. The draft stays.

        Raises StaleDraft when the draft has moved on, or Refusal (DRAFT_UNKNOWN, QUIZ_INVALID, QUIZ_UNKNOWN,
        LIBRARY_FULL).
        """
        draft = await self.get(owner_id, draft_id)
        if draft.published_revision == revision:
            return await self._publishing.quiz(owner_id, draft.quiz_id, draft.published_version)
        if draft.revision != revision:
            raise StaleDraft(expected=draft.revision, got=revision)
        quiz = await self._publishing.publish_draft(
            owner_id, draft.quiz_id, draft.title, draft.questions, draft=f"draft:{draft_id}@{revision}"
        )
        await self._drafts.note_published(owner_id, draft_id, revision=revision, version=quiz.version)
        return quiz

    async def _check_room(self, owner_id: str, draft_id: str) -> None:
        """A first save repeated needs none."""
        if await self._drafts.get(owner_id, draft_id) is None:
            message = f"expected at most {MAX_DRAFTS} drafts, got one more: delete or publish some"
            raise Refusal(RefusalCode.LIBRARY_FULL, message)
