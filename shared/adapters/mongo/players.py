"""Players of sessions. `_id` is session/player; a unique index keeps nicknames apart."""

import time
from collections.abc import Sequence
from typing import Any

import msgspec
from pymongo import ASCENDING, IndexModel

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.group_commit import GroupCommit
from shared.domain.admission import nickname_key
from shared.domain.player import Player

# Players never change, so a process may keep those it has read: about 300 bytes each.
CACHED_PLAYERS = 20_000
COUNT_IS_FRESH_FOR_S = 1.0


class MongoPlayers:
    """Implements shared.ports.players.Players. `count` may lag behind by a second."""

    def __init__(self, database: Any) -> None:
        indexes = [
            IndexModel([("session_id", ASCENDING), ("nickname_key", ASCENDING)], unique=True),
        ]
        self._collection = IndexedCollection(database, "players", indexes)
        self._commit = GroupCommit(self._collection)
        self._cached: dict[str, Player] = {}
        self._counts: dict[str, tuple[float, int]] = {}

    async def add(self, player: Player) -> Player | None:
        document: Document = msgspec.to_builtins(player)
        document["_id"] = _key(player.session_id, player.id)
        document["nickname_key"] = nickname_key(player.nickname)
        if await self._commit.insert(document):
            return player
        return await self.get(player.session_id, player.id)

    async def get(self, session_id: str, player_id: str) -> Player | None:
        key = _key(session_id, player_id)
        if key in self._cached:
            return self._cached[key]
        found = await self._collection.find_by_id(key)
        if found is None:
            return None
        if len(self._cached) >= CACHED_PLAYERS:
            del self._cached[next(iter(self._cached))]
        self._cached[key] = msgspec.convert(found, Player)
        return self._cached[key]

    async def count(self, session_id: str) -> int:
        counted_at, count = self._counts.get(session_id, (0.0, 0))
        if time.monotonic() - counted_at < COUNT_IS_FRESH_FOR_S:
            return count
        count = await self._collection.count({"session_id": session_id})
        if session_id not in self._counts and len(self._counts) >= 1_000:
            del self._counts[next(iter(self._counts))]
        self._counts[session_id] = (time.monotonic(), count)
        return count

    async def all(self, session_id: str) -> Sequence[Player]:
        found = await self._collection.find_all({"session_id": session_id})
        players = [msgspec.convert(document, Player) for document in found]
        return sorted(players, key=lambda player: (player.joined_at_ms, player.id))


def _key(session_id: str, player_id: str) -> str:
    return f"{session_id}/{player_id}"
