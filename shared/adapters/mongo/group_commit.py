"""Group commit: the inserts in flight go out as one unordered bulk, each answered by its own result.

A call through the driver costs a thread hop and a round trip: 1,215 µs of CPU for each insert alone, 102 µs in
bulks of 25 (2 cores, SecantusDB 0.7.0b3). While one bulk is under way the next gathers, so a lone insert never
waits for company.
"""

import asyncio
from collections import deque
from dataclasses import dataclass

from pymongo.errors import BulkWriteError

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.faults import as_transient
from shared.domain.errors import TransientFailure

MAX_BULK = 200
DUPLICATE_KEY = 11000


@dataclass(slots=True)
class _Insert:
    document: Document
    inserted: asyncio.Future[bool]


class GroupCommit:
    """Inserts under deterministic `_id`s. Bounded by the requests in flight: each waits for its own result."""

    def __init__(self, collection: IndexedCollection) -> None:
        self._collection = collection
        self._waiting: deque[_Insert] = deque()
        self._writer: asyncio.Task[None] | None = None

    async def insert(self, document: Document) -> bool:
        """True once stored by a majority, False when the `_id` is taken. Raises TransientFailure."""
        insert = _Insert(document, asyncio.get_running_loop().create_future())
        self._waiting.append(insert)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        return await insert.inserted

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                bulk = [self._waiting.popleft() for _ in range(min(MAX_BULK, len(self._waiting)))]
                await self._write([insert for insert in bulk if not insert.inserted.done()])
        finally:
            self._writer = None

    async def _write(self, bulk: list[_Insert]) -> None:
        try:
            taken = await self._insert_many([insert.document for insert in bulk])
        except TransientFailure as failure:
            for insert in bulk:
                _fail(insert, failure)
            return
        except Exception as error:  # noqa: BLE001 - handed to the caller whose document caused it
            await self._write_apart(bulk, error)
            return
        for index, insert in enumerate(bulk):
            if not insert.inserted.done():
                insert.inserted.set_result(index not in taken)

    async def _write_apart(self, bulk: list[_Insert], error: Exception) -> None:
        """A document that cannot even be encoded fails the whole bulk: only its own caller shall hear of it."""
        if len(bulk) == 1:
            _fail(bulk[0], error)
            return
        for insert in bulk:
            await self._write([insert])

    async def _insert_many(self, documents: list[Document]) -> set[int]:
        """Indexes of the documents whose key was taken."""
        if not documents:
            return set()
        with as_transient(f"bulk insert into {self._collection.name}"):
            collection = await self._collection.prepared()
            try:
                await collection.insert_many(documents, ordered=False)
            except BulkWriteError as error:
                return _duplicates(error)
        return set()


def _duplicates(error: BulkWriteError) -> set[int]:
    """Indexes of duplicate keys; any other write error fails the bulk, which is safe to repeat."""
    details = error.details or {}
    errors = details.get("writeErrors", [])
    others = [entry for entry in errors if entry.get("code") != DUPLICATE_KEY]
    if others or details.get("writeConcernErrors"):
        raise error
    return {int(entry["index"]) for entry in errors}


def _fail(insert: _Insert, failure: Exception) -> None:
    if not insert.inserted.done():
        insert.inserted.set_exception(failure)
