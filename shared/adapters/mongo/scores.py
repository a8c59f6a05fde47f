"""Scored answers. `_id` is session/question/player, with the answer's id where it can be changed: the first
insert wins for good."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from pymongo import ASCENDING, IndexModel

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.group_commit import GroupCommit
from shared.domain.errors import TransientFailure
from shared.domain.identifiers import answer_key
from shared.domain.ranking import Result

# Its first field alone finds a whole session's.
_INDEXES = [IndexModel([("session_id", ASCENDING), ("question", ASCENDING)])]


class MongoScores:
    """Implements shared.ports.scores.Scores."""

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "scores", _INDEXES)
        self._commit = GroupCommit(self._collection)

    async def add(self, session_id: str, result: Result, *, changeable: bool = False) -> Result:
        one_of_many = result.answer_id if changeable else ""
        key = answer_key(session_id, result.question, result.player_id, answer_id=one_of_many)
        document: Document = {"_id": key, "session_id": session_id, **msgspec.to_builtins(result)}
        if await self._commit.insert(document):
            return result
        stored = await self._collection.find_by_id(key)
        if stored is None:
            raise TransientFailure("MongoDB: expected the score that holds the key, got none")
        return msgspec.convert(stored, Result)

    async def all(self, session_id: str) -> Sequence[Result]:
        found = await self._collection.find_all({"session_id": session_id})
        return [msgspec.convert(document, Result) for document in found]

    async def of_question(self, session_id: str, question: int) -> Sequence[Result]:
        found = await self._collection.find_all({"session_id": session_id, "question": question})
        return await asyncio.to_thread(lambda: [msgspec.convert(document, Result) for document in found])

    async def count(self, session_id: str, *, since: int = 0, before: int | None = None) -> int:
        questions = {"$gte": since} if before is None else {"$gte": since, "$lt": before}
        return await self._collection.count({"session_id": session_id, "question": questions})
