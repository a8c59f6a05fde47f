"""What MongoDB and Redis hold of one session, and how two such views differ."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pymongo
import redis.asyncio

View = dict[str, Any]
"""By place: `mongodb scores <_id>` or `redis <key>`."""

_LARGEST_STREAM = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`before` is None for what was added, `after` for what was removed."""

    kind: Literal["added", "changed", "removed"]
    place: str
    before: Any
    after: Any


async def view(*, mongodb_url: str, database: str, redis_url: str, subject: str) -> View:
    """Every document whose `_id` or session is `subject`, and every key with it in its name."""
    return {
        **await _documents(mongodb_url, database, subject),
        **await _keys(redis_url, subject),
    }


def changes(before: View, after: View) -> list[Change]:
    """In the order of the places."""
    return list(_changes(before, after))


def _changes(before: View, after: View) -> Iterator[Change]:
    for place in sorted({*before, *after}):
        was, now = before.get(place), after.get(place)
        if was == now:
            continue
        kind: Literal["added", "changed", "removed"] = (
            "added" if was is None else "removed" if now is None else "changed"
        )
        yield Change(kind=kind, place=place, before=was, after=now)


async def _documents(url: str, database: str, subject: str) -> View:
    found: View = {}
    about = {"$or": [{"_id": subject}, {"session_id": subject}]}
    async with pymongo.AsyncMongoClient[dict[str, Any]](url, serverMonitoringMode="poll") as client:
        for name in await client[database].list_collection_names():
            async for document in client[database][name].find(about):
                found[f"mongodb {name} {document['_id']}"] = document
    return found


async def _keys(url: str, subject: str) -> View:
    found: View = {}
    async with redis.asyncio.from_url(url, decode_responses=True, encoding_errors="replace") as client:
        async for key in client.scan_iter(match=f"*{subject}*", count=1_000):
            value = await _value(client, key)
            if value is not None:  # it may have expired since
                found[f"redis {key}"] = value
    return found


async def _value(client: Any, key: str) -> Any:
    readers: dict[str, Callable[[], Awaitable[Any]]] = {
        "string": lambda: client.get(key),
        "hash": lambda: client.hgetall(key),
        "set": lambda: client.smembers(key),
        "list": lambda: client.lrange(key, 0, -1),
        "zset": lambda: client.zrange(key, 0, -1, withscores=True),
        "stream": lambda: client.xrevrange(key, count=_LARGEST_STREAM),
    }
    reader = readers.get(await client.type(key))
    return None if reader is None else await reader()
