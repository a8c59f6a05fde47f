"""The newest messages of a feed, to answer resumes exactly without asking anybody."""

from collections import deque

from gateway.feed.update import Update

MOST_MESSAGES = 256


class Ring:
    """Bounded; its numbers follow on each other without a gap."""

    def __init__(self) -> None:
        self._updates: deque[Update] = deque(maxlen=MOST_MESSAGES)

    def append(self, update: Update) -> None:
        if self._updates and update.seq != self._updates[-1].seq + 1:
            self._updates.clear()
        self._updates.append(update)

    def after(self, seq: int) -> list[Update] | None:
        """All messages after `seq`, oldest first; None when some of them are gone or `seq` is not of this feed."""
        if not self._updates:
            return None
        first, last = self._updates[0].seq, self._updates[-1].seq
        if not first - 1 <= seq <= last:
            return None
        return list(self._updates)[seq - first + 1 :]

    def clear(self) -> None:
        self._updates.clear()
