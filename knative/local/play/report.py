"""What a play found, as the one JSON object on the last line of standard output."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

MAX_PROBLEMS = 20


class Delays(Struct, frozen=True, kw_only=True):
    """Milliseconds; None where nothing was measured."""

    p50: float | None
    p99: float | None


class Report(Struct, frozen=True, kw_only=True):
    """`answers_lost`: acknowledged, and without an outcome. `duplicates`: one player and question accepted twice.

    `refusals`: by code. `redeliveries`: records in the log whose event was there already, which is allowed.
    `violations`: breaches of I4 that bots saw. `problems`: what makes this a failure, in words, the first
    MAX_PROBLEMS of it.
    """

    players: int
    questions: int
    answers_sent: int
    answers_accepted: int
    answers_refused: int
    refusals: Mapping[str, int]
    answers_lost: int
    duplicates: int
    redeliveries: int
    board_equal: bool
    answer_to_board_ms: Delays
    answers_timed: int
    wall_s: float
    play_s: float
    reconnects: int
    resent: int
    violations: int
    functions_at_zero_before: bool | None
    functions_at_zero_after: bool | None
    problems: Sequence[str]

    @property
    def is_good(self) -> bool:
        """Nothing lost, doubled or unequal, and no feed went backwards."""
        return self.board_equal and not (self.answers_lost or self.duplicates or self.violations or self.problems)

    def summary(self) -> str:
        """One line for people."""
        verdict = "every board equals the recomputed one" if self.board_equal else "NOT every board is right"
        delays = self.answer_to_board_ms
        return (
            f"{self.answers_accepted} answers accepted, {self.answers_lost} lost, {self.duplicates} doubled; "
            f"{verdict}; answer to board p50 {delays.p50} ms, p99 {delays.p99} ms"
        )

    def line(self) -> str:
        return msgspec.json.encode(self).decode()


def shortened(problems: Sequence[str]) -> list[str]:
    """The first MAX_PROBLEMS, and how many more there are."""
    more = len(problems) - MAX_PROBLEMS
    return [*problems[:MAX_PROBLEMS], f"and {more} more"] if more > 0 else list(problems)


def delays_of(delays_ms: Sequence[float]) -> Delays:
    """Percentiles by nearest rank, to a tenth of a millisecond."""
    return Delays(p50=percentile(delays_ms, 50), p99=percentile(delays_ms, 99))


def percentile(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least `percent` of a hundred do not exceed."""
    if not values:
        return None
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return round(ordered[rank - 1], 1)
