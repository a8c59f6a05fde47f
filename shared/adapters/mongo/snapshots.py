"""Whole leaderboards, one document a session, guarded by edition."""

from typing import Any

import msgspec
from pymongo.errors import DuplicateKeyError

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.faults import as_transient
from shared.domain.ranking import Leaderboard


class MongoSnapshots:
    """Implements shared.ports.snapshots.Snapshots."""

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "leaderboards")

    async def put(self, session_id: str, board: Leaderboard) -> None:
        document: Document = {"_id": session_id, **msgspec.json.decode(msgspec.json.encode(board))}
        with as_transient("update in leaderboards"):
            collection = await self._collection.prepared()
            older = {"_id": session_id, "edition": {"$lt": board.edition}}
            try:
                # Nothing older there: either no board yet, which inserts, or a newer one, whose _id is taken.
                await collection.replace_one(older, document, upsert=True)
            except DuplicateKeyError:
                return

    async def get(self, session_id: str) -> Leaderboard | None:
        found = await self._collection.find_by_id(session_id)
        return None if found is None else msgspec.convert(found, Leaderboard)
