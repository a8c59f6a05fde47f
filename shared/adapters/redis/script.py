"""Lua scripts: one step each, whatever else happens at the same moment."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from shared.adapters.gathering import Gathering
from shared.domain.errors import TransientFailure

_FOLDER = Path(__file__).parent / "lua"

# Keys of a session share a hash tag, so that a cluster keeps them together. They outlive the longest quiz and go
# away by themselves; each step that changes a board or feed renews all keys that must expire together.
TTL_S = 2 * 24 * 3_600
# Calls of one script that go out together.
MOST_AT_ONCE = 100

# Keys and arguments.
_Call = tuple[Sequence[str], Sequence[str | int | bytes]]


class Script:
    """A Lua script of lua/, after its library if it has one, sent by its hash, loaded anew when the server has
    lost it. Calls that come while one is under way go out together: each still runs as a step of its own.
    """

    def __init__(self, redis: "Redis", name: str, *, library: str = "") -> None:
        self._name = name
        self._redis = redis
        parts = (library, name) if library else (name,)
        self._script = redis.register_script("\n".join((_FOLDER / f"{part}.lua").read_text() for part in parts))
        self._calls = Gathering[_Call, Any](self._run, most=MOST_AT_ONCE)

    async def __call__(self, *, keys: Sequence[str], args: Sequence[str | int | bytes] = ()) -> Any:
        """The script's reply. Raises TransientFailure."""
        try:
            return await self._calls.ask((keys, args))
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: {self._name}: {type(error).__name__}: {error}") from error

    async def _run(self, calls: list[_Call]) -> Sequence[Any]:
        """Replies, a RedisError where a call failed."""
        if len(calls) == 1:
            return [await self._run_alone(calls[0])]
        async with self._redis.pipeline(transaction=False) as pipeline:
            for keys, args in calls:
                pipeline.evalsha(self._script.sha, len(keys), *keys, *args)
            replies: list[Any] = await pipeline.execute(raise_on_error=False)
        # Of those that the server did not know, the first loads it.
        return [
            await self._run_alone(call) if isinstance(reply, NoScriptError) else reply
            for call, reply in zip(calls, replies, strict=True)
        ]

    async def _run_alone(self, call: _Call) -> Any:
        keys, args = call
        return await self._script(keys=list(keys), args=list(args))


def session_key(session_id: str, part: str) -> str:
    """The Redis key of one part of a session."""
    return f"q:{{{session_id}}}:{part}"
