"""Lua scripts: one step each, whatever else happens at the same moment."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.domain.errors import TransientFailure

_FOLDER = Path(__file__).parent / "lua"

# Keys of a session share a hash tag, so that a cluster keeps them together. They outlive the longest quiz and go
# away by themselves; each step that changes a board or feed renews all keys that must expire together.
TTL_S = 2 * 24 * 3_600


class Script:
    """A Lua script of lua/, after its library if it has one, sent by its hash, loaded anew when the server has
    lost it."""

    def __init__(self, redis: "Redis", name: str, *, library: str = "") -> None:
        self._name = name
        parts = (library, name) if library else (name,)
        self._script = redis.register_script("\n".join((_FOLDER / f"{part}.lua").read_text() for part in parts))

    async def __call__(self, *, keys: Sequence[str], args: Sequence[str | int | bytes] = ()) -> Any:
        """The script's reply. Raises TransientFailure."""
        try:
            return await self._script(keys=list(keys), args=list(args))
        except (RedisError, OSError) as error:
            raise TransientFailure(f"Redis: {self._name}: {type(error).__name__}: {error}") from error


def session_key(session_id: str, part: str) -> str:
    """The Redis key of one part of a session."""
    return f"q:{{{session_id}}}:{part}"
