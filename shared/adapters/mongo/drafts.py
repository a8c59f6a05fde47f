"""Drafts. `_id` is owner/draft; saved only by comparing revisions.

The questions are one binary field: a draft is saved every few seconds while somebody types, and nothing looks into
it.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.pages import newest_first, newest_of_owner, page_of_owner
from shared.domain.library import Draft, DraftSummary
from shared.domain.quiz import Question
from shared.ports.paging import Place

_MOMENT = "saved_at_ms"
_QUESTIONS = msgspec.json.Decoder(tuple[Question, ...])


class MongoDrafts:
    """Implements shared.ports.drafts.Drafts."""

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "drafts", [newest_of_owner(_MOMENT)])

    async def save(self, draft: Draft) -> bool:
        key, content = _key(draft.owner_id, draft.id), _content(draft)
        if draft.revision == 1:
            nothing_published = {"published_revision": 0, "published_version": 0}
            if await self._collection.insert({"_id": key, **content, **nothing_published}):
                return True
        elif await self._collection.change({"_id": key, "revision": draft.revision - 1}, content):
            return True
        stored = await self._collection.find_by_id(key)
        return stored is not None and _is_same(stored, content)

    async def get(self, owner_id: str, draft_id: str) -> Draft | None:
        found = await self._collection.find_by_id(_key(owner_id, draft_id))
        if found is None:
            return None
        return msgspec.convert({**found, "questions": _QUESTIONS.decode(found["questions"])}, Draft)

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[DraftSummary]:
        place = None if after is None else Place(at_ms=after.at_ms, id=_key(owner_id, after.id))
        found = await self._collection.find_all(
            page_of_owner(owner_id, _MOMENT, place),
            sort=newest_first(_MOMENT),
            limit=limit,
            without=("questions",),
        )
        return [msgspec.convert(document, DraftSummary) for document in found]

    async def count(self, owner_id: str) -> int:
        return await self._collection.count({"owner_id": owner_id})

    async def note_published(self, owner_id: str, draft_id: str, *, revision: int, version: int) -> None:
        earlier = {"_id": _key(owner_id, draft_id), "published_revision": {"$lt": revision}}
        await self._collection.change(earlier, {"published_revision": revision, "published_version": version})

    async def delete(self, owner_id: str, draft_id: str) -> None:
        await self._collection.remove(_key(owner_id, draft_id))


def _key(owner_id: str, draft_id: str) -> str:
    return f"{owner_id}/{draft_id}"


def _content(draft: Draft) -> Document:
    """What a save changes."""
    return {
        "id": draft.id,
        "owner_id": draft.owner_id,
        "quiz_id": draft.quiz_id,
        "revision": draft.revision,
        "saved_at_ms": draft.saved_at_ms,
        "title": draft.title,
        "question_count": len(draft.questions),
        "questions": msgspec.json.encode(draft.questions),
    }


def _is_same(stored: Document, content: Document) -> bool:
    """A save repeated is later than its first time, and nothing else."""
    return all(stored[name] == value for name, value in content.items() if name != _MOMENT)
