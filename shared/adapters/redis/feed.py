"""Feeds and the lobby in Redis, and the channels to the gateways.

Per session: `feed:meta` (epoch, count, seq, version:REGISTER), `feed:bodies` (REGISTER → newest body),
`feed:stream` (the last messages, their ids the feed's numbers), `gateways` (registry.py); `lobby:*`. One channel a
gateway: kind, two fields and a body, parted by line feeds.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.adapters.redis.script import TTL_S, Script, session_key
from shared.domain.errors import TransientFailure
from shared.ports.feed import (
    FeedMessage,
    FeedState,
    JoinOutcome,
    PersonalMessage,
    ReactionsMessage,
    Register,
    Relayed,
)

# A client that missed more than this gets a snapshot. At 20 ticks a second, 25 s.
STREAM_LENGTH = 512
# Above every number of the epoch before: a billion messages are 1,500 years of ticks.
NUMBERS_PER_EPOCH = 1_000_000_000
OUTCOME_TTL_S = 600
LOBBY_LOCK_MS = 3_000
LOBBY_CHUNK = 500


class Epochs(Protocol):
    """Where a feed's epoch comes from, so that its numbers never go backwards."""

    async def next(self, session_id: str) -> int: ...


class RedisFeed:
    """Implements FeedWriter and FeedReader of shared.ports.feed."""

    def __init__(self, redis: Redis, *, subscriber: Redis, epochs: Epochs) -> None:
        self._redis = redis
        self._subscriber = subscriber
        self._epochs = epochs
        self._append = Script(redis, "feed_append")
        self._relay = Script(redis, "feed_relay")
        self._lobby_add = Script(redis, "lobby_add")
        self._lobby_published = Script(redis, "lobby_published")

    async def append(self, session_id: str, register: Register, version: int, body: bytes) -> int | None:
        keys = [session_key(session_id, part) for part in ("feed:meta", "feed:bodies", "feed:stream", "gateways")]
        args = (register, version, body, session_id, TTL_S, STREAM_LENGTH, NUMBERS_PER_EPOCH)
        seq: int = await self._append(keys=keys, args=args)
        if seq == -1:
            epoch = await self._epochs.next(session_id)
            await self._start(session_id, epoch)
            seq = await self._append(keys=keys, args=args)
        return seq if seq > 0 else None

    async def _start(self, session_id: str, epoch: int) -> None:
        """Of several that start a feed at once, the first epoch stands."""
        try:
            await self._redis.hsetnx(session_key(session_id, "feed:meta"), "epoch", str(epoch))
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: feed start: {error}") from error

    async def send_to_player(self, session_id: str, player_id: str, body: bytes) -> None:
        await self._relay_to_holders("player", session_id, player_id, body)

    async def send_reactions(self, session_id: str, body: bytes) -> None:
        await self._relay_to_holders("reactions", session_id, "", body)

    async def _relay_to_holders(self, kind: str, session_id: str, third: str, body: bytes) -> None:
        await self._relay(keys=[session_key(session_id, "gateways")], args=(kind, session_id, third, body))

    async def send_join_outcome(self, session_id: str, gateway: str, request_id: str, body: bytes) -> None:
        message = b"join\n%b\n%b\n%b" % (session_id.encode(), request_id.encode(), body)
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                pipeline.set(f"outcome:{request_id}", body, ex=OUTCOME_TTL_S)
                pipeline.publish(f"gateway:{gateway}", message)
                await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: join outcome: {error}") from error

    async def lobby_add(self, session_id: str, player_id: str, nickname: str, *, event_id: str) -> bool:
        return await self._add_to_lobby(session_id, event_id, [(player_id, nickname)])

    async def lobby_restore(self, session_id: str, players: Sequence[tuple[str, str]]) -> None:
        for start in range(0, len(players), LOBBY_CHUNK):
            await self._add_to_lobby(session_id, "", players[start : start + LOBBY_CHUNK])

    async def _add_to_lobby(self, session_id: str, event_id: str, players: Sequence[tuple[str, str]]) -> bool:
        keys = [session_key(session_id, f"lobby:{part}") for part in ("players", "newest", "meta", "lock")]
        flat = [text for player in players for text in player]
        return bool(await self._lobby_add(keys=keys, args=(event_id, LOBBY_LOCK_MS, TTL_S, *flat)))

    async def lobby_take(self, session_id: str) -> tuple[int, Sequence[str]]:
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.delete(session_key(session_id, "lobby:lock"))
                pipeline.scard(session_key(session_id, "lobby:players"))
                pipeline.lrange(session_key(session_id, "lobby:newest"), 0, 49)
                _, players, newest = await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: lobby: {error}") from error
        return players, [nickname.decode() for nickname in newest]

    async def lobby_published(self, session_id: str, players: int) -> None:
        await self._lobby_published(keys=[session_key(session_id, "lobby:meta")], args=(players, TTL_S))

    async def state(self, session_id: str) -> FeedState | None:
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.hget(session_key(session_id, "feed:meta"), "seq")
                pipeline.hgetall(session_key(session_id, "feed:bodies"))
                seq, bodies = await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: feed state: {error}") from error
        if seq is None:
            return None
        return FeedState(int(seq), {Register(name.decode()): body for name, body in bodies.items()})

    async def since(self, session_id: str, seq: int) -> Sequence[FeedMessage] | None:
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.hget(session_key(session_id, "feed:meta"), "seq")
                pipeline.xrange(session_key(session_id, "feed:stream"), min=f"({seq}-0", max="+")
                last, entries = await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: feed since: {error}") from error
        messages = [
            FeedMessage(session_id, int(entry_id.partition(b"-")[0]), fields[b"body"])
            for entry_id, fields in entries
        ]
        if last is None or int(last) < seq:
            return None
        complete = messages[0].seq == seq + 1 if messages else int(last) == seq
        return messages if complete else None

    async def join_outcome(self, request_id: str) -> bytes | None:
        try:
            found = await self._redis.get(f"outcome:{request_id}")
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: join outcome: {error}") from error
        return found if found is None or isinstance(found, bytes) else found.encode()

    async def relayed(self, gateway: str) -> AsyncIterator[Relayed]:
        try:
            async with self._subscriber.pubsub(ignore_subscribe_messages=True) as subscription:
                await subscription.subscribe(f"gateway:{gateway}")
                async for message in subscription.listen():
                    yield _relayed(message["data"])
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: channel of {gateway}: {error}") from error


def _relayed(text: bytes) -> Relayed:
    kind, session_id, third, body = text.split(b"\n", 3)
    match kind:
        case b"feed":
            return FeedMessage(session_id.decode(), int(third), body)
        case b"player":
            return PersonalMessage(session_id.decode(), third.decode(), body)
        case b"reactions":
            return ReactionsMessage(session_id.decode(), body)
        case b"join":
            return JoinOutcome(third.decode(), body)
    raise AssertionError(f"expected feed, player, reactions or join, got {kind!r}")
