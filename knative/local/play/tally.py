"""How far a crowd of bots is, for whoever waits on it."""

from collections import defaultdict

from shared.client.signal import Signal


class Tally:
    """By question: which bots began it, have their answer settled, know its outcome. `changed` wakes waiters."""

    def __init__(self, bots: int) -> None:
        self.bots = bots
        self.changed = Signal()
        self.joined: set[int] = set()
        self._begun: defaultdict[int, set[int]] = defaultdict(set)
        self._settled: defaultdict[int, set[int]] = defaultdict(set)
        self._known: defaultdict[int, set[int]] = defaultdict(set)

    def join(self, bot: int) -> None:
        self.joined.add(bot)
        self.changed.notify()

    def begin(self, question: int, bot: int) -> None:
        """The bot saw the question open, and will settle it."""
        self._begun[question].add(bot)

    def settle(self, question: int, bot: int) -> None:
        """The bot's answer is acknowledged or refused, or it has given up."""
        self._settled[question].add(bot)
        self.changed.notify()

    def know(self, question: int, bot: int) -> None:
        """The bot saw its answer on the board, or its refusal."""
        if bot not in self._known[question]:
            self._known[question].add(bot)
            self.changed.notify()

    def settled(self, question: int) -> int:
        return len(self._settled[question])

    def known(self, question: int) -> int:
        return len(self._known[question])

    def all_joined(self) -> bool:
        return len(self.joined) == self.bots

    def all_settled(self, question: int) -> bool:
        return self.settled(question) == self.bots

    def none_under_way(self, question: int) -> bool:
        """Every bot that began has settled."""
        return self._begun[question] <= self._settled[question]

    def all_known(self, question: int) -> bool:
        """Every bot that settled an answer to `question` knows its outcome."""
        return self._settled[question] <= self._known[question]
