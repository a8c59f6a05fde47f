"""Group commit: the inserts in flight go out as one unordered bulk, each answered by its own result.

A call through the driver costs a thread hop and a round trip, and the server syncs its log for each: 1,215 µs of
CPU for an insert alone, 102 µs in bulks of 25 (2 cores, SecantusDB 0.7.0b3). While one bulk is under way the next
gathers, for a little longer while answers come; a lone insert never waits for company.
"""

from collections.abc import Sequence

from pymongo.errors import BulkWriteError

from shared.adapters.gathering import Gathering
from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.faults import as_transient
from shared.domain.errors import TransientFailure

MAX_BULK = 200
# Bulks of one collection begin at most this often. 20 ms save a tenth of an answer's CPU and bring it 60 ms later
# onto the board (docs/performance.md).
PACE_S = 0.005
DUPLICATE_KEY = 11000


class GroupCommit:
    """Inserts under deterministic `_id`s."""

    def __init__(self, collection: IndexedCollection) -> None:
        self._collection = collection
        self._bulks = Gathering[Document, bool](self._write, most=MAX_BULK, pace_s=PACE_S)

    async def insert(self, document: Document) -> bool:
        """True once stored by a majority, False when the `_id` is taken. Raises TransientFailure."""
        return await self._bulks.ask(document)

    async def _write(self, bulk: list[Document]) -> Sequence[bool | Exception]:
        try:
            taken = await self._insert_many(bulk)
        except TransientFailure:
            raise
        except Exception as error:  # noqa: BLE001 - handed to the caller whose document caused it
            return await self._write_apart(bulk, error)
        return [index not in taken for index in range(len(bulk))]

    async def _write_apart(self, bulk: list[Document], error: Exception) -> Sequence[bool | Exception]:
        """A document that cannot even be encoded fails the whole bulk: only its own caller shall hear of it."""
        if len(bulk) == 1:
            return [error]
        outcomes: list[bool | Exception] = []
        for document in bulk:
            try:
                outcomes += await self._write([document])
            except TransientFailure as failure:
                outcomes.append(failure)
        return outcomes

    async def _insert_many(self, documents: list[Document]) -> set[int]:
        """Indexes of the documents whose key was taken."""
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
