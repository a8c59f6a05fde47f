"""How long a play took to recover: pure, from what the players saw and when the blows fell.

An answer was late when its player waited for the board that counts it longer than anybody does without a fault.
Recovered is who has the last late answer on a board.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knative.local.play.bots import Evidence


def recoveries_s(bots: Iterable[Evidence], *, struck_s: Sequence[float], usual_s: float) -> list[float]:
    """For each strike, seconds until the last late answer that it can have delayed was on its player's board.

    Times are of one monotonic clock. 0: nobody waited longer than `usual_s`.
    """
    late = [
        (answer.created_s, answer.covered_s)
        for bot in bots
        for answer in bot.answers
        if answer.covered_s is not None and answer.covered_s - answer.created_s > usual_s
    ]
    ends_s = [*struck_s[1:], float("inf")]
    return [
        max((covered - struck for created, covered in late if covered > struck and created < end), default=0.0)
        for struck, end in zip(struck_s, ends_s, strict=True)
    ]


@dataclass(slots=True)
class Absences:
    """How long players were without a connection, asked regularly. `longest_s` is right to one such interval."""

    longest_s: float = 0.0
    count: int = 0
    _seen: set[int] = field(default_factory=set)
    _away_since_s: dict[int, float] = field(default_factory=dict)

    def observe(self, connected: Iterable[bool], *, now_s: float) -> None:
        """One look at everybody, in the same order each time. Who was never connected is not away."""
        for player, is_connected in zip(itertools.count(), connected):
            if is_connected:
                self._seen.add(player)
                self._away_since_s.pop(player, None)
            elif player in self._seen:
                self._note(player, now_s)

    def _note(self, player: int, now_s: float) -> None:
        if player not in self._away_since_s:
            self._away_since_s[player] = now_s
            self.count += 1
        self.longest_s = max(self.longest_s, now_s - self._away_since_s[player])
