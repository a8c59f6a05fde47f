"""Libraries and drafts in dictionaries."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.adapters.memory.pages import page
from shared.domain.library import Draft, DraftSummary, LibraryEntry, draft_summary_of
from shared.ports.paging import Place


class MemoryLibrary:
    """Entries by quiz."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._entries: dict[str, LibraryEntry] = {}

    @port_call
    async def put(self, entry: LibraryEntry) -> None:
        stored = self._entries.get(entry.quiz_id)
        if stored is None or stored.version < entry.version:
            self._entries[entry.quiz_id] = entry

    @port_call
    async def get(self, quiz_id: str) -> LibraryEntry | None:
        return self._entries.get(quiz_id)

    @port_call
    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[LibraryEntry]:
        own = {Place(at_ms=entry.published_at_ms, id=entry.quiz_id): entry for entry in self._shown(owner_id)}
        return page(own, after=after, limit=limit)

    @port_call
    async def count(self, owner_id: str) -> int:
        return len(self._shown(owner_id))

    @port_call
    async def hide(self, quiz_id: str) -> None:
        if quiz_id in self._entries:
            self._entries[quiz_id] = replace(self._entries[quiz_id], hidden=True)

    def _shown(self, owner_id: str) -> list[LibraryEntry]:
        return [entry for entry in self._entries.values() if entry.owner_id == owner_id and not entry.hidden]


class MemoryDrafts:
    """Drafts by owner and id."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._drafts: dict[tuple[str, str], Draft] = {}

    @port_call
    async def save(self, draft: Draft) -> bool:
        key = (draft.owner_id, draft.id)
        stored = self._drafts.get(key)
        if (0 if stored is None else stored.revision) == draft.revision - 1:
            self._drafts[key] = draft if stored is None else _published_as(draft, stored)
            return True
        if stored is None:
            return False
        return stored == replace(_published_as(draft, stored), saved_at_ms=stored.saved_at_ms)

    @port_call
    async def get(self, owner_id: str, draft_id: str) -> Draft | None:
        return self._drafts.get((owner_id, draft_id))

    @port_call
    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[DraftSummary]:
        own = {
            Place(at_ms=draft.saved_at_ms, id=draft.id): draft_summary_of(draft)
            for draft in self._drafts.values()
            if draft.owner_id == owner_id
        }
        return page(own, after=after, limit=limit)

    @port_call
    async def count(self, owner_id: str) -> int:
        return sum(draft.owner_id == owner_id for draft in self._drafts.values())

    @port_call
    async def note_published(self, owner_id: str, draft_id: str, *, revision: int, version: int) -> None:
        stored = self._drafts.get((owner_id, draft_id))
        if stored is not None and stored.published_revision < revision:
            published = replace(stored, published_revision=revision, published_version=version)
            self._drafts[owner_id, draft_id] = published

    @port_call
    async def delete(self, owner_id: str, draft_id: str) -> None:
        self._drafts.pop((owner_id, draft_id), None)


def _published_as(draft: Draft, stored: Draft) -> Draft:
    return replace(draft, published_revision=stored.published_revision, published_version=stored.published_version)
