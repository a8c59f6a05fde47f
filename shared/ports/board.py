"""The live leaderboard of a session: totals and order, and who publishes the next tick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from shared.domain.ranking import Leaderboard, OwnResult, Result


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying one result found.

    `ready`: the board stands; False means that it must be rebuilt first, and nothing was applied.
    `leads`: this event is the tick's leader: wait the tick out, take the board, publish it.
    """

    ready: bool
    leads: bool
    players: int


@dataclass(frozen=True, slots=True)
class TakenBoard:
    """Everything applied so far, of everybody. `results`: those of `question`, by player; `histories`: of players
    with a streak to count (domain/streak.py); `later`: the results of the last question that has some, where that
    is later than `question`: the reader knows an older session than the board."""

    board: Leaderboard
    question: int = 0
    results: Mapping[str, OwnResult] = field(default_factory=dict)
    histories: Mapping[str, str] = field(default_factory=dict)
    later: Mapping[str, OwnResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a board must take into account to count as published: so many removed players, results held or not."""

    removed: int
    held: bool


class Board(Protocol):
    """Idempotent per answer. All methods raise TransientFailure when the store is away."""

    async def apply(self, session_id: str, result: Result, *, event_id: str) -> Applied:
        """Add a result once, and elect the tick's leader among the events that find work to publish.

        Of several answers of a player to one question the latest counts. A redelivered event leads again if what
        it saw is still unpublished and nobody else leads.
        """

    async def claim(self, session_id: str, *, event_id: str, shown: Shown) -> Applied:
        """Elect a leader without a result: True in `leads` if nothing published covers all that, or after a
        rebuild."""

    async def take(self, session_id: str) -> TakenBoard | None:
        """End the tick and read the board in one step: whatever is applied later elects another leader.

        Its question is the last one with a result, so that a board of the same answers is always told alike.
        None when the board is not ready (it was wiped during the tick).
        """

    async def read(self, session_id: str, *, question: int) -> TakenBoard | None:
        """The same for any question, without ending the tick."""

    async def mark_published(self, session_id: str, edition: int) -> None:
        """The board of `edition` is acknowledged: redeliveries of what it covers need not lead again."""

    async def rebuild(self, session_id: str, results: Sequence[Result]) -> bool:
        """Add all of `results` and declare the board ready. False if it was wiped meanwhile: do it again."""

    async def size(self, session_id: str) -> int:
        """How many answers the board covers; 0 when it is not ready."""
