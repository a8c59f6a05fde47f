"""The live leaderboard in memory, with the election of each tick's leader."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.adapters.memory.redis_state import BoardState, MemoryRedis
from shared.domain.ranking import (
    OwnResult,
    Result,
    counted_results,
    edition_of,
    histories_of,
    leaderboard_of,
)
from shared.ports.board import Applied, Shown, TakenBoard

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
        _add(state, result)
        return self._elected(state, event_id, edition_of(len(state.results), removed=0, held=True))

    @port_call
    async def claim(self, session_id: str, *, event_id: str, shown: Shown) -> Applied:
        state = self._ready(session_id)
        if state is None:
            return _NOT_READY
        edition = edition_of(len(state.results), removed=shown.removed, held=shown.held)
        return self._elected(state, event_id, edition)

    @port_call
    async def take(self, session_id: str) -> TakenBoard | None:
        state = self._ready(session_id)
        if state is None:
            return None
        state.lock.release()
        return _taken(state, _last_question(state))

    @port_call
    async def read(self, session_id: str, *, question: int) -> TakenBoard | None:
        state = self._ready(session_id)
        return None if state is None else _taken(state, question)

    @port_call
    async def mark_published(self, session_id: str, edition: int) -> None:
        state = self._ready(session_id)
        if state is not None:
            state.published_edition = max(state.published_edition, edition)

    @port_call
    async def rebuild(self, session_id: str, results: Sequence[Result]) -> bool:
        contents = self._redis.contents
        state = contents.boards.setdefault(session_id, BoardState())
        for start in range(0, len(results), REBUILD_CHUNK):
            for result in results[start : start + REBUILD_CHUNK]:
                _add(state, result)
            await asyncio.sleep(0)
        if self._redis.contents is not contents:
            return False
        state.ready, state.published_edition = True, -1
        return True

    @port_call
    async def size(self, session_id: str) -> int:
        state = self._ready(session_id)
        return 0 if state is None else len(state.results)

    def wipe(self) -> None:
        """Empty the whole MemoryRedis behind this board."""
        self._redis.wipe()

    def _ready(self, session_id: str) -> BoardState | None:
        state = self._redis.contents.boards.get(session_id)
        return state if state is not None and state.ready else None

    def _elected(self, state: BoardState, event_id: str, edition: int) -> Applied:
        unpublished = edition > state.published_edition
        leads = unpublished and state.lock.elect(event_id, self._redis.clock.now_ms())
        players = len({result.player_id for result in state.results.values()})
        return Applied(ready=True, leads=leads, players=players)


def _add(state: BoardState, result: Result) -> None:
    state.results.setdefault((result.player_id, result.question, result.answer_id), result)


def _last_question(state: BoardState) -> int:
    return max((result.question for result in state.results.values()), default=0)


def _taken(state: BoardState, question: int) -> TakenBoard:
    counted, _ = counted_results(state.results.values())
    last = _last_question(state)
    return TakenBoard(
        board=leaderboard_of(state.results.values()),
        question=question,
        results=_own_results(counted, question),
        histories=histories_of(counted),
        later=_own_results(counted, last) if last > question else {},
    )


def _own_results(counted: Iterable[Result], question: int) -> dict[str, OwnResult]:
    return {
        result.player_id: OwnResult(
            points=result.points,
            elapsed_ms=result.elapsed_ms,
            correct=result.correct,
            streak_place=result.streak_place,
        )
        for result in counted
        if result.question == question
    }
