"""Published quizzes. `_id` is quiz@version; never changed, so each process keeps those it read last."""

from collections.abc import Sequence
from typing import Any

import msgspec
from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.group_read import GroupRead
from shared.domain.library import QuizSummary
from shared.domain.quiz import Quiz

# Of all cached quizzes together, at most 8 KB each: the number of quizzes says little about their size.
CACHED_QUESTIONS = 10_000


class MongoQuizzes:
    """Implements shared.ports.quizzes.Quizzes."""

    def __init__(self, database: Any) -> None:
        indexes = [IndexModel([("id", ASCENDING), ("version", DESCENDING)], unique=True)]
        self._collection = IndexedCollection(database, "quizzes", indexes)
        self._reads = GroupRead(self._collection)
        self._cached: dict[str, Quiz] = {}

    async def add(self, quiz: Quiz) -> bool:
        document: Document = msgspec.json.decode(msgspec.json.encode(quiz))
        counted = {"question_count": len(quiz.questions)}
        return await self._collection.insert({"_id": _key(quiz.id, quiz.version), **document, **counted})

    async def get(self, quiz_id: str, version: int) -> Quiz | None:
        key = _key(quiz_id, version)
        if key not in self._cached:
            found = await self._reads.find(key)
            if found is None:
                return None
            self._keep(key, msgspec.convert(found, Quiz))
        return self._cached[key]

    def _keep(self, key: str, quiz: Quiz) -> None:
        """Beside those it leaves room for: no quiz alone has more questions than may be kept."""
        self._cached.pop(key, None)
        self._cached[key] = quiz
        kept = sum(len(quiz.questions) for quiz in self._cached.values())
        while kept > CACHED_QUESTIONS:
            oldest = self._cached.pop(next(iter(self._cached)))
            kept -= len(oldest.questions)

    async def get_latest(self, quiz_id: str) -> Quiz | None:
        found = await self._collection.find_all({"id": quiz_id}, sort=[("version", DESCENDING)], limit=1)
        return msgspec.convert(found[0], Quiz) if found else None

    async def versions(self, quiz_id: str) -> Sequence[QuizSummary]:
        found = await self._collection.find_all(
            {"id": quiz_id}, sort=[("version", DESCENDING)], without=("questions",)
        )
        return [msgspec.convert(document, QuizSummary) for document in found]


def _key(quiz_id: str, version: int) -> str:
    return f"{quiz_id}@{version}"
