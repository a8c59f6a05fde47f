"""People in a session, and the answers they gave."""

from dataclasses import dataclass

from shared.domain.quiz import AnswerValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One player of one session. `request_id` is the join request that made it.

    `seat`: how many players came before, each seat taken once. `device`: what the browser calls itself, kept for a
    ban. `team`: index into the session's teams. `starting_points`: what a late player began with (late_join.py).
    """

    id: str
    session_id: str
    nickname: str
    joined_at_ms: int
    request_id: str
    seat: int = 0
    device: str = ""
    team: int | None = None
    starting_points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An accepted answer of a player to a question. `id` is the client's own."""

    id: str
    session_id: str
    player_id: str
    question: int
    value: AnswerValue
    received_at_ms: int
    elapsed_ms: int
