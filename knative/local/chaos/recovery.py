"""How long a play took to recover: pure, from what the players saw and when the blows fell.

An answer was late when its player waited for the board that counts it longer than anybody does without a fault.
Recovered is who has the last late answer on a board, before as many in time as there are players. The board stalls
while an answer waits and no screen moves: what a part's return takes, without the queue that it then works off.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from knative.local.play.bots import Evidence


def recoveries_s(bots: Sequence[Evidence], *, struck_s: Sequence[float], usual_s: float) -> list[float]:
    """For each strike, seconds until the last late answer that it can have delayed was on its player's board.

    Times are of one monotonic clock. 0: nobody waited longer than `usual_s`. Who still waits when the next blow
    falls waits for the recovery from that one.
    """
    return [
        _recovery_s(waits, struck_s=struck, usual_s=usual_s, calm=len(bots))
        for struck, waits in _waits_after(bots, struck_s)
    ]


def stalls_s(bots: Sequence[Evidence], *, struck_s: Sequence[float]) -> list[float]:
    """For each strike, the longest that the board then stood still, in seconds, while an answer waited for it."""
    return [_stall_s(waits, struck_s=struck) for struck, waits in _waits_after(bots, struck_s)]


# When an answer was given, and when it was on its player's board.
_Wait = tuple[float, float]


def _waits_after(bots: Sequence[Evidence], struck_s: Sequence[float]) -> Iterator[tuple[float, list[_Wait]]]:
    """Each strike, and the waits that ended between it and the next one; in the order of the answers."""
    waits = sorted(
        (answer.created_s, answer.covered_s)
        for bot in bots
        for answer in bot.answers
        if answer.covered_s is not None
    )
    for struck, end in zip(struck_s, [*struck_s[1:], float("inf")], strict=True):
        yield struck, [(created, covered) for created, covered in waits if struck < covered <= end]


def _stall_s(waits: Iterable[_Wait], *, struck_s: float) -> float:
    """From the last movement, the blow or the oldest waiting answer, whichever was last, to the next movement."""
    by_movement = sorted(waits, key=lambda wait: wait[1])
    longest_s, oldest_s = 0.0, float("inf")
    for place in reversed(range(len(by_movement))):
        created_s, covered_s = by_movement[place]
        before_s = by_movement[place - 1][1] if place else struck_s
        oldest_s = min(oldest_s, created_s)
        longest_s = max(longest_s, covered_s - max(before_s, oldest_s))
    return longest_s


def _recovery_s(waits: Iterable[_Wait], *, struck_s: float, usual_s: float, calm: int) -> float:
    """Until as many answers in a row as there are players were in time: what is late then has another cause."""
    recovery_s, in_time = 0.0, 0
    for created_s, covered_s in waits:
        if covered_s - created_s > usual_s:
            recovery_s, in_time = max(recovery_s, covered_s - struck_s), 0
        elif created_s > struck_s:
            in_time += 1
        if in_time >= calm:
            break
    return recovery_s


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
