"""The live leaderboard in memory, with the election of each tick's leader."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.adapters.memory.redis_state import BoardState, MemoryRedis
from shared.domain.ranking import Result, leaderboard_of
from shared.ports.board import Applied, OwnStanding, TakenBoard

REBUILD_CHUNK = 500
_NOT_READY = Applied(ready=False, leads=False, players=0)


class MemoryBoard:
    """Satisfies the Board port on a MemoryRedis."""

    part: ClassVar[Part] = Part.REDIS

    def __init__(self, redis: MemoryRedis | None = None) -> None:
        self._redis = redis or MemoryRedis()

    @property
    def faults(self) -> Faults:
        return self._redis.faults

    @port_call
    async def apply(self, session_id: str, result: Result, *, event_id: str) -> Applied:
        state = self._ready(session_id)
        if state is None:
            return _NOT_READY
        state.results.setdefault((result.player_id, result.question), result)
        return self._elected(state, event_id)

    @port_call
    async def claim(self, session_id: str, *, event_id: str) -> Applied:
        state = self._ready(session_id)
        return _NOT_READY if state is None else self._elected(state, event_id)

    @port_call
    async def take(self, session_id: str, *, question: int) -> TakenBoard | None:
        state = self._ready(session_id)
        if state is None:
            return None
        state.lock.release()
        answered = sum(result.question == question for result in state.results.values())
        return TakenBoard(leaderboard_of(state.results.values()), answered)

    @port_call
    async def mark_published(self, session_id: str, version: int) -> None:
        state = self._ready(session_id)
        if state is not None:
            state.published_version = max(state.published_version, version)

    @port_call
    async def rebuild(self, session_id: str, results: Sequence[Result]) -> bool:
        contents = self._redis.contents
        state = contents.boards.setdefault(session_id, BoardState())
        for start in range(0, len(results), REBUILD_CHUNK):
            for result in results[start : start + REBUILD_CHUNK]:
                state.results.setdefault((result.player_id, result.question), result)
            await asyncio.sleep(0)
        if self._redis.contents is not contents:
            return False
        state.ready, state.published_version = True, -1
        return True

    @port_call
    async def size(self, session_id: str) -> int:
        state = self._ready(session_id)
        return 0 if state is None else len(state.results)

    @port_call
    async def standings(self, session_id: str, *, question: int) -> Mapping[str, OwnStanding]:
        state = self._ready(session_id)
        if state is None:
            return {}
        standings = {}
        for entry in leaderboard_of(state.results.values()).entries:
            own = state.results.get((entry.player_id, question))
            standings[entry.player_id] = OwnStanding(
                rank=entry.rank,
                points=entry.points,
                total_ms=entry.total_ms,
                gained=None if own is None else own.points,
                correct=None if own is None else own.correct,
            )
        return standings

    def wipe(self) -> None:
        """Empty the whole MemoryRedis behind this board."""
        self._redis.wipe()

    def _ready(self, session_id: str) -> BoardState | None:
        state = self._redis.contents.boards.get(session_id)
        return state if state is not None and state.ready else None

    def _elected(self, state: BoardState, event_id: str) -> Applied:
        unpublished = len(state.results) > state.published_version
        leads = unpublished and state.lock.elect(event_id, self._redis.clock.now_ms())
        players = len({player for player, _ in state.results})
        question = max((question for _, question in state.results), default=0)
        return Applied(ready=True, leads=leads, players=players, question=question)
