"""A session's feed in memory: numbered messages, registers, and the channels to gateways."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.adapters.memory.redis_state import MAX_QUEUED, FeedLog, LobbyState, MemoryRedis
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

EPOCH_STEP = 10**9
MAX_NICKNAMES = 50
OUTCOME_MS = 600_000


class MemoryFeed:
    """Satisfies FeedWriter and FeedReader on a MemoryRedis. Keeps the last `max_messages` of each feed."""

    part: ClassVar[Part] = Part.REDIS

    def __init__(self, redis: MemoryRedis | None = None, *, max_messages: int = 1_000) -> None:
        self._redis = redis or MemoryRedis()
        self._max_messages = max_messages

    @property
    def faults(self) -> Faults:
        return self._redis.faults

    @port_call
    async def append(self, session_id: str, register: Register, version: int, body: bytes) -> int | None:
        fresh = FeedLog(last=self._redis.epoch * EPOCH_STEP)
        feed = self._redis.contents.feeds.setdefault(session_id, fresh)
        if register in feed.registers and version <= feed.registers[register][0]:
            return None
        feed.last += 1
        message = FeedMessage(session_id, feed.last, body)
        feed.registers[register] = (version, body)
        feed.messages = [*feed.messages, message][-self._max_messages :]
        self._relay_to_holders(message)
        return message.seq

    @port_call
    async def send_to_player(self, session_id: str, player_id: str, body: bytes) -> None:
        self._relay_to_holders(PersonalMessage(session_id, player_id, body))

    @port_call
    async def send_reactions(self, session_id: str, body: bytes) -> None:
        self._relay_to_holders(ReactionsMessage(session_id, body))

    @port_call
    async def send_join_outcome(self, session_id: str, gateway: str, request_id: str, body: bytes) -> None:
        expires_ms = self._redis.clock.now_ms() + OUTCOME_MS
        self._redis.contents.outcomes[request_id] = (expires_ms, body)
        self._redis.relay(gateway, JoinOutcome(request_id, body))

    @port_call
    async def lobby_add(self, session_id: str, player_id: str, nickname: str, *, event_id: str) -> bool:
        lobby = self._redis.contents.lobbies.setdefault(session_id, LobbyState())
        lobby.players.setdefault(player_id, nickname)
        unpublished = len(lobby.players) > lobby.published
        return unpublished and lobby.lock.elect(event_id, self._redis.clock.now_ms())

    @port_call
    async def lobby_restore(self, session_id: str, players: Sequence[tuple[str, str]]) -> None:
        lobby = self._redis.contents.lobbies.setdefault(session_id, LobbyState())
        lobby.players = {**dict(players), **lobby.players}

    @port_call
    async def lobby_take(self, session_id: str) -> tuple[int, Sequence[str]]:
        lobby = self._redis.contents.lobbies.setdefault(session_id, LobbyState())
        lobby.lock.release()
        newest_first = list(reversed(lobby.players.values()))
        return len(newest_first), newest_first[:MAX_NICKNAMES]

    @port_call
    async def lobby_published(self, session_id: str, players: int) -> None:
        lobby = self._redis.contents.lobbies.setdefault(session_id, LobbyState())
        lobby.published = max(lobby.published, players)

    @port_call
    async def state(self, session_id: str) -> FeedState | None:
        feed = self._redis.contents.feeds.get(session_id)
        if feed is None:
            return None
        return FeedState(feed.last, {register: body for register, (_, body) in feed.registers.items()})

    @port_call
    async def since(self, session_id: str, seq: int) -> Sequence[FeedMessage] | None:
        feed = self._redis.contents.feeds.get(session_id)
        if feed is None or not feed.messages[0].seq - 1 <= seq <= feed.last:
            return None
        return [message for message in feed.messages if message.seq > seq]

    @port_call
    async def join_outcome(self, request_id: str) -> bytes | None:
        expires_ms, body = self._redis.contents.outcomes.get(request_id, (0, b""))
        return body if self._redis.clock.now_ms() < expires_ms else None

    async def relayed(self, gateway: str) -> AsyncIterator[Relayed]:
        await asyncio.sleep(0)
        if self.part in self.faults.away:
            raise TransientFailure("MemoryFeed.relayed: the part is away")
        queue: asyncio.Queue[Relayed | None] = asyncio.Queue(MAX_QUEUED)
        self._redis.channels.setdefault(gateway, []).append(queue)
        try:
            while (message := await queue.get()) is not None:
                yield message
        finally:
            self._redis.channels[gateway].remove(queue)
        raise TransientFailure(f"MemoryFeed.relayed: the subscription of {gateway} broke")

    def wipe(self) -> None:
        """Empty the whole MemoryRedis behind this feed."""
        self._redis.wipe()

    def _relay_to_holders(self, message: FeedMessage | PersonalMessage | ReactionsMessage) -> None:
        for gateway in self._redis.holders(message.session_id):
            self._redis.relay(gateway, message)
