"""The live leaderboard in Redis.

Per session: `meta` (ready, version, published, question, rebuilding), `results` (player/question → points:ms, what
makes an addition happen once), `order` (sorted set, best first), `question:N` (player → points:correct, for the
players' own results), `tick` (the leader's lock). Totals change only together with `results`, in one script.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.adapters.redis.script import TTL_S, Script, session_key
from shared.domain.errors import TransientFailure
from shared.domain.ranking import (
    TIME_BITS,
    Entry,
    Leaderboard,
    Result,
    board_member,
    member_player,
    unpacked_score,
)
from shared.ports.board import Applied, OwnStanding, TakenBoard

TIME_UNIT = 1 << TIME_BITS
# A leader that died is replaced by its own redelivery, at once, or by any other event after this long.
LEADER_LOCK_MS = 3_000
REBUILD_CHUNK = 500


class RedisBoard:
    """Implements shared.ports.board.Board."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._apply = Script(redis, "board_apply")
        self._take = Script(redis, "board_take")
        self._published = Script(redis, "board_published")
        self._rebuild = Script(redis, "board_rebuild")

    async def apply(self, session_id: str, result: Result, *, event_id: str) -> Applied:
        args = (
            _result_field(result),
            result.player_id,
            board_member(result.joined_at_ms, result.player_id, result.nickname),
            result.points,
            result.elapsed_ms,
            int(result.correct),
            TIME_UNIT,
        )
        return await self._elect(session_id, event_id, args, question=result.question)

    async def claim(self, session_id: str, *, event_id: str) -> Applied:
        return await self._elect(session_id, event_id, (), question=0)

    async def _elect(
        self, session_id: str, event_id: str, result: tuple[str | int, ...], *, question: int
    ) -> Applied:
        keys = _keys(session_id, "meta", "results", "order", f"question:{question}", "tick")
        reply = await self._apply(keys=keys, args=(event_id, LEADER_LOCK_MS, TTL_S, *result))
        ready, leads, players, last_question = reply
        return Applied(ready=bool(ready), leads=bool(leads), players=players, question=last_question)

    async def take(self, session_id: str, *, question: int) -> TakenBoard | None:
        keys = _keys(session_id, "meta", "order", f"question:{question}", "tick")
        reply = await self._take(keys=keys)
        if not reply[0]:
            return None
        entries = _entries(reply[3:])
        return TakenBoard(board=Leaderboard(version=reply[1], entries=entries), answered=reply[2])

    async def mark_published(self, session_id: str, version: int) -> None:
        await self._published(keys=_keys(session_id, "meta"), args=(version,))

    async def rebuild(self, session_id: str, results: Sequence[Result]) -> bool:
        token = await self._rebuild_step(session_id, "begin", secrets.token_hex(8))
        for start in range(0, len(results), REBUILD_CHUNK):
            chunk = results[start : start + REBUILD_CHUNK]
            if not await self._rebuild_step(session_id, "add", token, chunk):
                return False
            await self._restore_questions(session_id, chunk)
        return bool(await self._rebuild_step(session_id, "end", token))

    async def _rebuild_step(self, session_id: str, step: str, token: str, results: Sequence[Result] = ()) -> str:
        args: list[str | int] = [step, token, TTL_S, TIME_UNIT]
        for result in results:
            member = board_member(result.joined_at_ms, result.player_id, result.nickname)
            args += [_result_field(result), member, result.points, result.elapsed_ms]
        reply: bytes = await self._rebuild(keys=_keys(session_id, "meta", "results", "order"), args=args)
        return reply.decode()

    async def _restore_questions(self, session_id: str, results: Sequence[Result]) -> None:
        """The players' own results: absolute values, so written without a guard."""
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for result in results:
                    (key,) = _keys(session_id, f"question:{result.question}")
                    pipeline.hset(key, result.player_id, f"{result.points}:{int(result.correct)}")
                    pipeline.expire(key, TTL_S)
                await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: board_rebuild: {error}") from error

    async def size(self, session_id: str) -> int:
        reply = await self._take_nothing(session_id, question=0)
        return 0 if reply is None else int(reply[1] or 0)

    async def standings(self, session_id: str, *, question: int) -> Mapping[str, OwnStanding]:
        reply = await self._take_nothing(session_id, question=question)
        if reply is None:
            return {}
        return _standings(reply[2], reply[3])

    async def _take_nothing(self, session_id: str, *, question: int) -> list[Any] | None:
        """ready, version, order and one question's results, in one transaction; None when not ready."""
        meta, order, results = _keys(session_id, "meta", "order", f"question:{question}")
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.hget(meta, "ready")
                pipeline.hget(meta, "version")
                pipeline.zrange(order, 0, -1, withscores=True)
                pipeline.hgetall(results)
                reply: list[Any] = await pipeline.execute()
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: standings: {error}") from error
        return reply if reply[0] == b"1" else None


def _keys(session_id: str, *parts: str) -> list[str]:
    return [session_key(session_id, f"board:{part}") for part in parts]


def _result_field(result: Result) -> str:
    return f"{result.player_id}/{result.question}"


def _entries(flat: Sequence[bytes]) -> tuple[Entry, ...]:
    entries = []
    for rank, (member, score) in enumerate(zip(flat[::2], flat[1::2], strict=True), start=1):
        player_id, nickname = member_player(member.decode())
        points, total_ms = unpacked_score(int(float(score)))
        entries.append(Entry(rank=rank, player_id=player_id, nickname=nickname, points=points, total_ms=total_ms))
    return tuple(entries)


def _standings(order: Sequence[tuple[bytes, float]], results: Mapping[bytes, bytes]) -> dict[str, OwnStanding]:
    standings = {}
    for rank, (member, score) in enumerate(order, start=1):
        player_id, _ = member_player(member.decode())
        points, total_ms = unpacked_score(int(score))
        gained, _, correct = results.get(player_id.encode(), b"").partition(b":")
        standings[player_id] = OwnStanding(
            rank=rank,
            points=points,
            total_ms=total_ms,
            gained=int(gained) if gained else None,
            correct=correct == b"1" if gained else None,
        )
    return standings
