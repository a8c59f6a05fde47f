"""Sessions in the database. Changed only by comparing `version`; a code belongs to one unfinished session."""

from collections.abc import Sequence
from typing import Any

import msgspec
from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.faults import as_transient
from shared.adapters.mongo.group_read import GroupRead
from shared.adapters.mongo.pages import newest_first, newest_of_owner, page_of_owner
from shared.domain.session import Phase, Session
from shared.ports.paging import Place

# More at once than one installation is meant for; they end by themselves when nobody drives them (idle_ms).
MAX_UNFINISHED = 10_000


class MongoSessions:
    """The store half of shared.ports.sessions.Sessions; CachedSessions adds the cache."""

    def __init__(self, database: Any) -> None:
        indexes = [
            IndexModel(
                [("code", ASCENDING)],
                name="live_code",
                unique=True,
                partialFilterExpression={"live": True},
            ),
            IndexModel([("code", ASCENDING), ("created_at_ms", DESCENDING)], name="code_newest"),
            IndexModel([("live", ASCENDING), ("created_at_ms", DESCENDING)], name="live_newest"),
            newest_of_owner("created_at_ms"),
        ]
        self._collection = IndexedCollection(database, "sessions", indexes)
        self._reads = GroupRead(self._collection)

    async def add(self, session: Session) -> bool:
        return await self._collection.insert(_document(session))

    async def get(self, session_id: str) -> Session | None:
        found = await self._reads.find(session_id)
        return None if found is None else msgspec.convert(found, Session)

    async def find(self, code: str) -> Session | None:
        found = await self._collection.find_all(
            {"code": code}, sort=[("live", DESCENDING), ("created_at_ms", DESCENDING)], limit=1
        )
        return msgspec.convert(found[0], Session) if found else None

    async def compare_and_set(self, session: Session) -> bool:
        """Replace where the version is one lower. A repeated call of the winner finds its own write: True."""
        with as_transient("update in sessions"):
            collection = await self._collection.prepared()
            query = {"_id": session.id, "version": session.version - 1}
            changed = await collection.replace_one(query, _document(session))
            if changed.modified_count == 1:
                return True
        return await self.get(session.id) == session

    async def unfinished(self) -> Sequence[Session]:
        found = await self._collection.find_all(
            {"live": True}, sort=[("created_at_ms", DESCENDING)], limit=MAX_UNFINISHED
        )
        return [msgspec.convert(document, Session) for document in found]

    async def of_owner(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[Session]:
        query = page_of_owner(owner_id, "created_at_ms", after)
        found = await self._collection.find_all(query, sort=newest_first("created_at_ms"), limit=limit)
        return [msgspec.convert(document, Session) for document in found]


def _document(session: Session) -> Document:
    document: Document = msgspec.json.decode(msgspec.json.encode(session))
    return {"_id": session.id, "live": session.phase is not Phase.FINISHED, **document}
