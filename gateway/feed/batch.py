"""Feed messages on their way to many clients: encoded once, a player's `me` put in between."""

from collections.abc import Sequence

from gateway.connections.frames import header, text_frame
from gateway.feed.update import Update


class Batch:
    """Messages that follow on each other, sent in one write.

    `question`: whose results belong into a player's `me`, which goes with the last message that has a place for it
    (its numbers are absolute: one is enough); None when no message has.
    """

    def __init__(self, updates: Sequence[Update]) -> None:
        if not updates:
            raise ValueError("expected at least one message, got none")
        self.after_seq = updates[0].seq - 1
        self.last_seq = updates[-1].seq
        places = [index for index, update in enumerate(updates) if update.question is not None]
        place = places[-1] if places else len(updates) - 1
        self.question = updates[place].question
        self._head = b"".join(text_frame(_payload(update)) for update in updates[:place])
        self._tail = b"".join(text_frame(_payload(update)) for update in updates[place + 1 :])
        payload = _payload(updates[place])
        self._open = payload[:-1] + b',"me":'
        self.shared = self._head + text_frame(payload) + self._tail

    def with_me(self, me: bytes) -> bytes:
        """The frames for the player whose `me` this is."""
        return b"".join((self._head, header(len(self._open) + len(me) + 1), self._open, me, b"}", self._tail))


def _payload(update: Update) -> bytes:
    return b'{"seq":%d,%b' % (update.seq, update.body[1:])
