"""The live leaderboard of a session: totals and order, and who publishes the next tick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.domain.ranking import Leaderboard, Result


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying one result found.

    `ready`: the board stands; False means that it must be rebuilt first, and nothing was applied.
    `leads`: this event is the tick's leader: wait the tick out, take the board, publish it.
    `question`: the last question with a result, whichever event asks: a redelivered one may be of an earlier.
    """

    ready: bool
    leads: bool
    players: int
    question: int = 0


@dataclass(frozen=True, slots=True)
class TakenBoard:
    """Everything applied before the taking. `answered` counts the results for the asked question."""

    board: Leaderboard
    answered: int


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """One player's place after a tick. `result` is that of the asked question, if there is one yet."""

    rank: int
    points: int
    total_ms: int
    gained: int | None
    correct: bool | None


class Board(Protocol):
    """Idempotent per player and question. All methods raise TransientFailure when the store is away."""

    async def apply(self, session_id: str, result: Result, *, event_id: str) -> Applied:
        """Add a result once, and elect the tick's leader among the events that find work to publish.

        A redelivered event leads again if what it saw is still unpublished and nobody else leads.
        """

    async def claim(self, session_id: str, *, event_id: str) -> Applied:
        """Elect a leader without a result: True in `leads` if anything is unpublished or was rebuilt."""

    async def take(self, session_id: str, *, question: int) -> TakenBoard | None:
        """End the tick and read the board in one step: whatever is applied later elects another leader.

        None when the board is not ready (it was wiped during the tick).
        """

    async def mark_published(self, session_id: str, version: int) -> None:
        """The board of `version` is acknowledged: redeliveries of what it covers need not lead again."""

    async def rebuild(self, session_id: str, results: Sequence[Result]) -> bool:
        """Add all of `results` and declare the board ready. False if it was wiped meanwhile: do it again."""

    async def size(self, session_id: str) -> int:
        """How many results the board holds; 0 when it is not ready."""

    async def standings(self, session_id: str, *, question: int) -> Mapping[str, OwnStanding]:
        """Every player's place, by player id, in one read; empty when the board is not ready."""
