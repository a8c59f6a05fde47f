"""Who is at the other end, proved by a token or by knowing a session's code."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PLAYER = "player"
    HOST = "host"  # drives one session
    VIEWER = "viewer"  # knows the code only: a big screen, a spectator
    AUTHOR = "author"  # a host between sessions: writes quizzes, opens sessions; belongs to none


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`player_id` and `nickname` are a player's; `host_id` is an author's, who has no `session_id`."""

    session_id: str
    role: Role
    player_id: str = ""
    nickname: str = ""
    host_id: str = ""
