"""Accepted answers. `_id` is session/question/player, with the answer's id where it can be changed: the first
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
from shared.domain.player import Answer

# Its first field alone finds a whole session's.
_INDEXES = [IndexModel([("session_id", ASCENDING), ("question", ASCENDING), ("player_id", ASCENDING)])]


class MongoAnswers:
    """Implements shared.ports.answers.Answers."""

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "answers", _INDEXES)
        self._commit = GroupCommit(self._collection)

    async def add(self, answer: Answer, *, changeable: bool = False) -> Answer:
        document = _document(answer, changeable=changeable)
        if await self._commit.insert(document):
            return answer
        stored = await self._collection.find_by_id(document["_id"])
        if stored is None:
            raise TransientFailure("MongoDB: expected the answer that holds the key, got none")
        return _answer(stored)

    async def given(self, session_id: str, question: int, player_id: str) -> Sequence[Answer]:
        query = {"session_id": session_id, "question": question, "player_id": player_id}
        found = [_answer(document) for document in await self._collection.find_all(query)]
        return sorted(found, key=lambda answer: (answer.received_at_ms, answer.id))

    async def all(self, session_id: str) -> Sequence[Answer]:
        return [_answer(found) for found in await self._collection.find_all({"session_id": session_id})]

    async def of_question(self, session_id: str, question: int) -> Sequence[Answer]:
        found = await self._collection.find_all({"session_id": session_id, "question": question})
        return await asyncio.to_thread(lambda: [_answer(document) for document in found])


def _document(answer: Answer, *, changeable: bool) -> Document:
    document: Document = msgspec.to_builtins(answer)
    one_of_many = answer.id if changeable else ""
    document["_id"] = answer_key(answer.session_id, answer.question, answer.player_id, answer_id=one_of_many)
    document["value"] = {"choices": list(answer.value.choices), "text": answer.value.text}
    return document


def _answer(document: Document) -> Answer:
    return msgspec.convert(document, Answer)
