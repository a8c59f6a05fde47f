"""How many scores of a session are stored, without counting all of them at the end of each question."""

from collections import OrderedDict

from shared.ports.scores import Scores

REMEMBERED_SESSIONS = 1_000


class Census:
    """Counts anew from the last question but one on, and remembers what it counted of earlier ones. Scores are
    never taken away, so what it says can only be too small, by those that came to a question long over; `whole`
    finds them, too.

    Counting everything each time was half of the database's CPU after twenty questions, and grew with each.
    """

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        # The question from which to count next, and how many scores there are before it.
        self._counted: OrderedDict[str, tuple[int, int]] = OrderedDict()

    async def stored(self, session_id: str, *, question: int) -> int:
        """All scores of the session, `question` being its last. Raises TransientFailure."""
        first, earlier = self._counted.get(session_id, (0, 0))
        if question > first:
            earlier += await self._scores.count(session_id, since=first, before=question)
            first = question
            self._remember(session_id, first, earlier)
        return earlier + await self._scores.count(session_id, since=first)

    async def whole(self, session_id: str) -> int:
        """The same, with nothing taken from memory. Raises TransientFailure."""
        self._counted.pop(session_id, None)
        return await self._scores.count(session_id)

    def _remember(self, session_id: str, first: int, earlier: int) -> None:
        self._counted[session_id] = (first, earlier)
        self._counted.move_to_end(session_id)
        if len(self._counted) > REMEMBERED_SESSIONS:
            self._counted.popitem(last=False)
