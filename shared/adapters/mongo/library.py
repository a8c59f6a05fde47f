"""Hosts' libraries. `_id` is the quiz; an entry is replaced by that of a newer version only."""

from collections.abc import Sequence
from typing import Any

import msgspec
from pymongo.errors import DuplicateKeyError

from shared.adapters.mongo.collection import IndexedCollection
from shared.adapters.mongo.faults import as_transient
from shared.adapters.mongo.pages import newest_first, newest_of_owner, page_of_owner
from shared.domain.library import LibraryEntry
from shared.ports.paging import Place

_MOMENT = "published_at_ms"


class MongoLibrary:
    """Implements shared.ports.library.Library."""

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "library", [newest_of_owner(_MOMENT)])

    async def put(self, entry: LibraryEntry) -> None:
        document = {"_id": entry.quiz_id, **msgspec.to_builtins(entry)}
        with as_transient("update in library"):
            collection = await self._collection.prepared()
            older = {"_id": entry.quiz_id, "version": {"$lt": entry.version}}
            try:
                # Nothing older there: either no entry yet, which inserts, or one as new, whose _id is taken.
                await collection.replace_one(older, document, upsert=True)
            except DuplicateKeyError:
                return

    async def get(self, quiz_id: str) -> LibraryEntry | None:
        found = await self._collection.find_by_id(quiz_id)
        return None if found is None else msgspec.convert(found, LibraryEntry)

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[LibraryEntry]:
        query = {**page_of_owner(owner_id, _MOMENT, after), "hidden": False}
        found = await self._collection.find_all(query, sort=newest_first(_MOMENT), limit=limit)
        return [msgspec.convert(document, LibraryEntry) for document in found]

    async def count(self, owner_id: str) -> int:
        return await self._collection.count({"owner_id": owner_id, "hidden": False})

    async def hide(self, quiz_id: str) -> None:
        await self._collection.change({"_id": quiz_id}, {"hidden": True})
