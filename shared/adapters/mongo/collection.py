"""One collection with the indexes that its rules need, made on first use."""

import asyncio
from collections.abc import Sequence
from typing import Any

from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from shared.adapters.mongo.faults import as_transient

Document = dict[str, Any]


class IndexedCollection:
    """Creates `indexes` once per process before the first operation: uniqueness is part of the rules, not of a
    deployment step that can be forgotten. Creating one that exists costs one round trip.
    """

    def __init__(self, database: Any, name: str, indexes: Sequence[IndexModel] = ()) -> None:
        self.name = name
        self._raw: Any = database[name]
        self._indexes = list(indexes)
        self._prepared = not indexes
        self._preparing = asyncio.Lock()

    async def prepared(self) -> Any:
        """The driver's collection, with its indexes in place."""
        if not self._prepared:
            async with self._preparing:
                if not self._prepared:
                    await self._raw.create_indexes(self._indexes)
                    self._prepared = True
        return self._raw

    async def insert(self, document: Document) -> bool:
        """False when a unique key is taken."""
        with as_transient(f"insert into {self.name}"):
            collection = await self.prepared()
            try:
                await collection.insert_one(document)
            except DuplicateKeyError:
                return False
            return True

    async def find_by_id(self, key: str) -> Document | None:
        with as_transient(f"find in {self.name}"):
            found: Document | None = await (await self.prepared()).find_one({"_id": key})
            return found

    async def find_all(
        self,
        query: Document,
        *,
        sort: Sequence[tuple[str, int]] = (),
        limit: int = 0,
        without: Sequence[str] = (),
    ) -> list[Document]:
        """`without`: fields that are left out."""
        with as_transient(f"find in {self.name}"):
            left_out = dict.fromkeys(without, False) or None
            cursor = (await self.prepared()).find(query, left_out)
            if sort:
                cursor = cursor.sort(list(sort))
            found: list[Document] = await cursor.limit(limit).to_list(None)
            return found

    async def change(self, query: Document, fields: Document) -> bool:
        """Set `fields` of the one document that `query` finds. False when it finds none."""
        with as_transient(f"update in {self.name}"):
            changed = await (await self.prepared()).update_one(query, {"$set": fields})
            return bool(changed.matched_count)

    async def remove(self, key: str) -> None:
        """Nothing happens when there is none."""
        with as_transient(f"delete in {self.name}"):
            await (await self.prepared()).delete_one({"_id": key})

    async def count(self, query: Document) -> int:
        with as_transient(f"count in {self.name}"):
            return int(await (await self.prepared()).count_documents(query))
