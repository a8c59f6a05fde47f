"""Who is at the other end, proved by a token or by knowing a session's code."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PLAYER = "player"
    HOST = "host"
    VIEWER = "viewer"  # knows the code only: a big screen, a spectator


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`player_id` and `nickname` are empty for all but players."""

    session_id: str
    role: Role
    player_id: str = ""
    nickname: str = ""
