"""How far a player is: whether the answer to the open question is in, or how many questions of a self-paced
session have opened. Asked when a client comes back.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from shared.domain.errors import TransientFailure
from shared.ports.answers import Answers
from shared.ports.openings import Openings

# A read of the database each: when everybody comes back at once, the later ones do without. They send an answer
# again, or ask for a question again, that they know nothing of, and it counts once.
MOST_AT_ONCE = 50
MOST_WAITING = 500

_Read = TypeVar("_Read")


class Progress:
    """Bounded: answers "don't know" (None) rather than to queue without end."""

    def __init__(self, *, answers: Answers, openings: Openings) -> None:
        self._answers = answers
        self._openings = openings
        self._slots = asyncio.Semaphore(MOST_AT_ONCE)
        self._asking = 0

    async def question_if_answered(self, session_id: str, question: int, player_id: str) -> int | None:
        """`question` if an answer of the player to it was accepted; None if not, or not known."""
        given = await self._asked(partial(self._answers.given, session_id, question, player_id))
        return question if given else None

    async def opened_questions(self, session_id: str, player_id: str) -> int | None:
        """How many questions have opened for the player; None if not known."""
        return await self._asked(partial(self._openings.count, session_id, player_id))

    async def _asked(self, read: Callable[[], Awaitable[_Read]]) -> _Read | None:
        if self._asking >= MOST_WAITING:
            return None
        self._asking += 1
        try:
            async with self._slots:
                return await read()
        except TransientFailure:
            return None
        finally:
            self._asking -= 1
