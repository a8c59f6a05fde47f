"""Epochs of feeds: each time a feed starts anew in Redis its numbers start above all earlier ones."""

from typing import Any

from pymongo.errors import DuplicateKeyError

from shared.adapters.mongo.collection import IndexedCollection
from shared.adapters.mongo.faults import as_transient


class MongoFeedEpochs:
    """A rising number per session. Two callers at once may get the same one; never one that was given before
    either asked.
    """

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "feed_epochs")

    async def next(self, session_id: str) -> int:
        """Raises TransientFailure."""
        with as_transient("update in feed_epochs"):
            collection = await self._collection.prepared()
            rise = {"$inc": {"epoch": 1}}
            try:
                await collection.update_one({"_id": session_id}, rise, upsert=True)
            except DuplicateKeyError:  # two first callers at once: the other inserted it
                await collection.update_one({"_id": session_id}, rise)
        found = await self._collection.find_by_id(session_id)
        return 1 if found is None else int(found["epoch"])
