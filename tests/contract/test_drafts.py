"""Drafts: saved by comparing revisions, apart for each owner."""

import asyncio
from dataclasses import replace

from shared.domain.library import Draft, draft_summary_of
from shared.domain.quiz import Question, QuestionType
from shared.ports.paging import Place
from tests.contract.parts import Parts
from tests.story import QUIZ

UNFIT = Question(type=QuestionType.SINGLE, prompt="", choices=("only one",), image_url="/images/ünsafe \x00.webp")


def _draft(owner_id: str, *, revision: int = 1, draft_id: str = "draft-of-the-sky", saved_at_ms: int = 1) -> Draft:
    return Draft(
        id=draft_id,
        owner_id=owner_id,
        quiz_id="quiz",
        revision=revision,
        saved_at_ms=saved_at_ms,
        title="",
        questions=(*QUIZ.questions, UNFIT),
    )


async def test_draft_saved_is_found_whole(parts: Parts, twin: Parts, session_id: str) -> None:
    """Fit to be published or not; nobody else's draft has its place."""
    draft = _draft(session_id)
    assert await parts.drafts.save(draft)
    assert await twin.drafts.get(session_id, draft.id) == draft
    assert await twin.drafts.get("somebody-else", draft.id) is None
    assert await twin.drafts.save(replace(draft, owner_id=f"{session_id}-2", title="Another's"))
    assert await parts.drafts.get(session_id, draft.id) == draft


async def test_draft_saved_on_top_of_another_revision_is_not(parts: Parts, session_id: str) -> None:
    """Neither an older nor a later one, nor on top of none."""
    assert not await parts.drafts.save(_draft(session_id, revision=2))
    first = _draft(session_id)
    await parts.drafts.save(first)
    second = replace(first, revision=2, title="Second", saved_at_ms=2)
    assert await parts.drafts.save(second)
    for revision in (1, 2, 4):
        assert not await parts.drafts.save(replace(first, revision=revision, title="Other"))
    assert await parts.drafts.get(session_id, first.id) == second


async def test_draft_saved_twice_alike_is_saved_once(parts: Parts, twin: Parts, session_id: str) -> None:
    """A save whose reply was lost is sent again, and is no conflict."""
    first = _draft(session_id)
    second = replace(first, revision=2, title="Second")
    assert await parts.drafts.save(first)
    assert await twin.drafts.save(replace(first, saved_at_ms=9))
    assert await parts.drafts.save(second)
    assert await twin.drafts.save(replace(second, saved_at_ms=9))
    assert await parts.drafts.get(session_id, first.id) == second


async def test_draft_raced_by_twenty_is_saved_by_one(parts: Parts, twin: Parts, session_id: str) -> None:
    """Two windows never undo each other's work."""
    first = _draft(session_id)
    await parts.drafts.save(first)
    wishes = [replace(first, revision=2, title=f"Title {number}") for number in range(20)]
    saved = await asyncio.gather(
        *((parts, twin)[number % 2].drafts.save(wish) for number, wish in enumerate(wishes))
    )
    assert sum(saved) == 1
    assert await parts.drafts.get(session_id, first.id) == wishes[saved.index(True)]


async def test_draft_published_is_noted_and_stays_so(parts: Parts, session_id: str) -> None:
    """Through later saves; an earlier revision does not take its place."""
    first = _draft(session_id)
    await parts.drafts.save(first)
    second = replace(first, revision=2, title="Second")
    await parts.drafts.save(second)
    await parts.drafts.note_published(session_id, first.id, revision=2, version=7)
    await parts.drafts.note_published(session_id, first.id, revision=1, version=6)
    third = replace(second, revision=3, title="Third")
    assert await parts.drafts.save(third)
    stored = replace(third, published_revision=2, published_version=7)
    assert await parts.drafts.get(session_id, first.id) == stored
    assert list(await parts.drafts.of_owner(session_id, after=None, limit=10)) == [draft_summary_of(stored)]


async def test_drafts_are_listed_by_page_the_latest_first(parts: Parts, session_id: str) -> None:
    """Without others', and none twice, also where many were saved at the same moment."""
    for number in range(7):
        await parts.drafts.save(_draft(session_id, draft_id=f"draft-{number}", saved_at_ms=1_000 + number // 3))
    await parts.drafts.save(_draft(f"{session_id}-2"))
    found: list[str] = []
    after: Place | None = None
    while page := await parts.drafts.of_owner(session_id, after=after, limit=2):
        found += [draft.id for draft in page]
        after = Place(at_ms=page[-1].saved_at_ms, id=page[-1].id)
    assert found == [f"draft-{number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    assert await parts.drafts.count(session_id) == 7


async def test_draft_deleted_is_gone(parts: Parts, session_id: str) -> None:
    """Twice is once; the id can be used anew."""
    draft = _draft(session_id)
    await parts.drafts.save(draft)
    await parts.drafts.delete(session_id, draft.id)
    await parts.drafts.delete(session_id, draft.id)
    assert await parts.drafts.get(session_id, draft.id) is None
    assert await parts.drafts.count(session_id) == 0
    assert await parts.drafts.save(draft)
