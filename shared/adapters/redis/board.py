"""The live leaderboard in Redis.

Per session: `meta` (ready, version, published, question, rebuilding), `results` (player/question → the answer that
counts, what makes an addition happen once), `older` (answers that a later one replaced), `order` (sorted set, best
first), `question:N` (player → points:ms:correct:streak place, for the players' own results), `streaks` (player →
history), `tick` (the leader's lock). Totals change only together with `results`, in one script.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.adapters.redis.script import TTL_S, Script, session_key
from shared.domain.errors import TransientFailure
from shared.domain.ranking import (
    TIME_BITS,
    Entry,
    Leaderboard,
    OwnResult,
    Result,
    board_member,
    edition_of,
    member_entry,
)
from shared.ports.board import Applied, Shown, TakenBoard

TIME_UNIT = 1 << TIME_BITS
# Editions between one version and the next.
PER_VERSION = edition_of(1, removed=0, held=True) - edition_of(0, removed=0, held=True)
# A leader that died is replaced by its own redelivery, at once, or by any other event after this long.
LEADER_LOCK_MS = 3_000
REBUILD_CHUNK = 500
_WHATEVER = -1


class RedisBoard:
    """Implements shared.ports.board.Board."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._apply = Script(redis, "board_apply", library="board_add")
        self._take = Script(redis, "board_take")
        self._read = Script(redis, "board_read")
        self._published = Script(redis, "board_published")
        self._rebuild = Script(redis, "board_rebuild", library="board_add")

    async def apply(self, session_id: str, result: Result, *, event_id: str) -> Applied:
        return await self._elect(session_id, event_id, _WHATEVER, _arguments(result))

    async def claim(self, session_id: str, *, event_id: str, shown: Shown) -> Applied:
        part = edition_of(0, removed=shown.removed, held=shown.held)
        return await self._elect(session_id, event_id, part, ())

    async def _elect(self, session_id: str, event_id: str, part: int, result: tuple[str | int, ...]) -> Applied:
        args = (_prefix(session_id), event_id, LEADER_LOCK_MS, TTL_S, TIME_UNIT, part, PER_VERSION, *result)
        ready, leads, players = await self._apply(keys=_keys(session_id, "meta", "tick"), args=args)
        return Applied(ready=bool(ready), leads=bool(leads), players=players)

    async def take(self, session_id: str) -> TakenBoard | None:
        keys = _keys(session_id, "meta", "order", "streaks", "tick")
        reply = await self._take(keys=keys, args=(_prefix(session_id),))
        if not reply[0]:
            return None
        _, version, question, order, results, histories = reply
        return _taken(version, question, order, results, histories)

    async def read(self, session_id: str, *, question: int) -> TakenBoard | None:
        reply = await self._read(
            keys=_keys(session_id, "meta", "order", "streaks"), args=(_prefix(session_id), question)
        )
        if not reply[0]:
            return None
        _, version, order, results, histories, later = reply
        taken = _taken(version, question, order, results, histories)
        return replace(taken, later=_own_results(later))

    async def mark_published(self, session_id: str, edition: int) -> None:
        await self._published(keys=_keys(session_id, "meta"), args=(edition,))

    async def rebuild(self, session_id: str, results: Sequence[Result]) -> bool:
        token = await self._rebuild_step(session_id, "begin", secrets.token_hex(8))
        for start in range(0, len(results), REBUILD_CHUNK):
            chunk = results[start : start + REBUILD_CHUNK]
            if not await self._rebuild_step(session_id, "add", token, chunk):
                return False
        return bool(await self._rebuild_step(session_id, "end", token))

    async def _rebuild_step(self, session_id: str, step: str, token: str, results: Sequence[Result] = ()) -> str:
        args: list[str | int] = [step, token, TTL_S, _prefix(session_id), TIME_UNIT]
        for result in results:
            args += _arguments(result)
        reply: bytes = await self._rebuild(keys=_keys(session_id, "meta"), args=args)
        return reply.decode()

    async def size(self, session_id: str) -> int:
        (meta,) = _keys(session_id, "meta")
        try:
            ready, version = await self._redis.hmget(meta, ["ready", "version"])
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: board: {error}") from error
        return int(version or 0) if ready == b"1" else 0


def _prefix(session_id: str) -> str:
    return session_key(session_id, "board:")


def _keys(session_id: str, *parts: str) -> list[str]:
    return [_prefix(session_id) + part for part in parts]


def _arguments(result: Result) -> tuple[str | int, ...]:
    """One result as board_add.lua takes it."""
    return (
        result.player_id,
        result.question,
        result.answer_id,
        result.received_at_ms,
        result.points,
        result.elapsed_ms,
        int(result.correct),
        "" if result.streak_place is None else result.streak_place,
        result.starting_points,
        board_member(result),
    )


def _pairs(flat: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _taken(
    version: int,
    question: int,
    order: Sequence[bytes],
    results: Sequence[bytes],
    histories: Sequence[bytes],
) -> TakenBoard:
    return TakenBoard(
        board=Leaderboard(version=version, entries=_entries(_pairs(order))),
        question=question,
        results=_own_results(results),
        histories={player.decode(): history.decode() for player, history in _pairs(histories)},
    )


def _entries(order: Sequence[tuple[bytes, bytes]]) -> tuple[Entry, ...]:
    return tuple(
        member_entry(member.decode(), rank=rank, packed=int(float(score)))
        for rank, (member, score) in enumerate(order, start=1)
    )


def _own_results(flat: Sequence[bytes]) -> dict[str, OwnResult]:
    return {player.decode(): _own_result(own) for player, own in _pairs(flat)}


def _own_result(own: bytes) -> OwnResult:
    points, elapsed_ms, correct, place = own.decode().split(":")
    return OwnResult(
        points=int(points),
        elapsed_ms=int(elapsed_ms),
        correct=correct == "1",
        streak_place=int(place) if place else None,
    )
