"""Players of sessions. `_id` is session/player; unique indexes keep nicknames and seats apart."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
from pymongo import ASCENDING, IndexModel

from shared.adapters.mongo.collection import Document, IndexedCollection
from shared.adapters.mongo.group_commit import GroupCommit
from shared.adapters.mongo.group_read import GroupRead
from shared.adapters.mongo.seats import Seats
from shared.domain.admission import nickname_key
from shared.domain.errors import TransientFailure
from shared.domain.player import Player
from shared.ports.players import Taken

# Players never change, so a process may keep those it has read: about 300 bytes each.
CACHED_PLAYERS = 20_000
COUNT_IS_FRESH_FOR_S = 1.0
# Two processes that give the same seat: one of them tries again. More often than this it is not chance.
SEATS_TRIED = 50


class MongoPlayers:
    """Implements shared.ports.players.Players. `count` may lag behind by a second."""

    def __init__(self, database: Any) -> None:
        indexes = [
            IndexModel([("session_id", ASCENDING), ("nickname_key", ASCENDING)], unique=True),
            IndexModel(
                [("session_id", ASCENDING), ("seat", ASCENDING)],
                name="seat",
                unique=True,
                partialFilterExpression={"seated": True},
            ),
        ]
        self._collection = IndexedCollection(database, "players", indexes)
        self._commit = GroupCommit(self._collection)
        self._reads = GroupRead(self._collection)
        self._cached: dict[str, Player] = {}
        self._counts: dict[str, tuple[float, int]] = {}
        self._seats = Seats(self._collection)

    async def add(self, player: Player, *, seats: int) -> Player | Taken:
        for _ in range(SEATS_TRIED):
            seat = await self._seats.free(player.session_id, seats=seats)
            if seat is None:
                return await self.get(player.session_id, player.id) or Taken.SEATS
            seated = replace(player, seat=seat)
            if await self._commit.insert(_document(seated)):
                return seated
            holder = await self._holder(player)
            if holder is not None:
                self._seats.give_back(player.session_id, seat)
                return holder
        raise TransientFailure(f"MongoDB: expected a free seat within {SEATS_TRIED} tries, got none")

    async def _holder(self, player: Player) -> Player | Taken | None:
        """Who has the player's id or nickname; None when it was the seat that was taken."""
        earlier = await self.get(player.session_id, player.id)
        if earlier is not None:
            return earlier
        query = {"session_id": player.session_id, "nickname_key": nickname_key(player.nickname)}
        return Taken.NICKNAME if await self._collection.find_all(query, limit=1) else None

    async def get(self, session_id: str, player_id: str) -> Player | None:
        key = _key(session_id, player_id)
        if key in self._cached:
            return self._cached[key]
        found = await self._reads.find(key)
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

    async def seated(self, session_id: str, *, after_seat: int, limit: int) -> Sequence[Player]:
        query = {"session_id": session_id, "seat": {"$gt": after_seat}, "seated": True}
        found = await self._collection.find_all(query, sort=[("seat", ASCENDING)], limit=limit)
        return [msgspec.convert(document, Player) for document in found]


def _document(player: Player) -> Document:
    document: Document = msgspec.to_builtins(player)
    document["_id"] = _key(player.session_id, player.id)
    document["nickname_key"] = nickname_key(player.nickname)
    document["seated"] = True
    return document


def _key(session_id: str, player_id: str) -> str:
    return f"{session_id}/{player_id}"
