"""People in a session, and the answers they gave."""

from dataclasses import dataclass

from shared.domain.quiz import AnswerValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One player of one session. `request_id` is the join request that made it."""

    id: str
    session_id: str
    nickname: str
    joined_at_ms: int
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The one accepted answer of a player to a question. `id` is the client's own."""

    id: str
    session_id: str
    player_id: str
    question: int
    value: AnswerValue
    received_at_ms: int
    elapsed_ms: int
