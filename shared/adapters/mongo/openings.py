"""When questions opened for players. `_id` is session/question/player: the first insert wins for good."""

from typing import Any

import msgspec
from pymongo import ASCENDING, IndexModel

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.group_commit import GroupCommit
from shared.adapters.mongo.group_read import GroupRead
from shared.domain.errors import TransientFailure
from shared.domain.identifiers import answer_key
from shared.domain.self_pacing import Opening


class MongoOpenings:
    """Implements shared.ports.openings.Openings."""

    def __init__(self, database: Any) -> None:
        indexes = [IndexModel([("session_id", ASCENDING), ("player_id", ASCENDING)])]
        self._collection = IndexedCollection(database, "openings", indexes)
        self._commit = GroupCommit(self._collection)
        self._reads = GroupRead(self._collection)

    async def add(self, opening: Opening) -> Opening:
        key = answer_key(opening.session_id, opening.question, opening.player_id)
        document: Document = {"_id": key, **msgspec.to_builtins(opening)}
        if await self._commit.insert(document):
            return opening
        stored = await self.get(opening.session_id, opening.question, opening.player_id)
        if stored is None:
            raise TransientFailure("MongoDB: expected the opening that holds the key, got none")
        return stored

    async def get(self, session_id: str, question: int, player_id: str) -> Opening | None:
        found = await self._reads.find(answer_key(session_id, question, player_id))
        return None if found is None else msgspec.convert(found, Opening)

    async def count(self, session_id: str, player_id: str) -> int:
        return await self._collection.count({"session_id": session_id, "player_id": player_id})
