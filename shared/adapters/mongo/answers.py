"""Accepted answers. `_id` is session/question/player: the first insert wins for good."""

from collections.abc import Sequence
from typing import Any

import msgspec
from pymongo import ASCENDING, IndexModel

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.group_commit import GroupCommit
from shared.domain.errors import TransientFailure
from shared.domain.identifiers import answer_key
from shared.domain.player import Answer


class MongoAnswers:
    """Implements shared.ports.answers.Answers."""

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "answers", [IndexModel([("session_id", ASCENDING)])])
        self._commit = GroupCommit(self._collection)

    async def add(self, answer: Answer) -> Answer:
        if await self._commit.insert(_document(answer)):
            return answer
        stored = await self.get(answer.session_id, answer.question, answer.player_id)
        if stored is None:
            raise TransientFailure("MongoDB: expected the answer that holds the key, got none")
        return stored

    async def get(self, session_id: str, question: int, player_id: str) -> Answer | None:
        found = await self._collection.find_by_id(answer_key(session_id, question, player_id))
        return None if found is None else _answer(found)

    async def all(self, session_id: str) -> Sequence[Answer]:
        return [_answer(found) for found in await self._collection.find_all({"session_id": session_id})]


def _document(answer: Answer) -> Document:
    document: Document = msgspec.to_builtins(answer)
    document["_id"] = answer_key(answer.session_id, answer.question, answer.player_id)
    document["value"] = {"choices": list(answer.value.choices), "text": answer.value.text}
    return document


def _answer(document: Document) -> Answer:
    return msgspec.convert(document, Answer)
