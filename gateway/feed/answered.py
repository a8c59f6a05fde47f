"""Whether a player's answer to the open question is in: asked when a client comes back."""

import asyncio

from shared.domain.errors import TransientFailure
from shared.ports.answers import Answers

# A read of the database each: when everybody comes back at once, the later ones do without. They send an answer
# again that they know nothing of, and it counts once.
MOST_AT_ONCE = 50
MOST_WAITING = 500


class AnsweredQuestions:
    """Bounded: answers "don't know" (None) rather than to queue without end."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._slots = asyncio.Semaphore(MOST_AT_ONCE)
        self._asking = 0

    async def question_if_answered(self, session_id: str, question: int, player_id: str) -> int | None:
        """`question` if an answer of the player to it was accepted; None if not, or not known."""
        if self._asking >= MOST_WAITING:
            return None
        self._asking += 1
        try:
            async with self._slots:
                found = await self._answers.get(session_id, question, player_id)
        except TransientFailure:
            return None
        finally:
            self._asking -= 1
        return None if found is None else question
