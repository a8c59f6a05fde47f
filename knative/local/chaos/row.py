"""What became of one fault: a line for people, an object for programs."""

import msgspec
from msgspec import Struct

from knative.local.chaos.fault import Limited

HEAD = "| fault | what was done | what was checked | held | recovery |\n|---|---|---|---|---|"
ALWAYS = "the truths"


class Row(Struct, frozen=True, kw_only=True):
    """`recovery_s`: from a blow to the last late board or the last player back; None where there is no blow.

    `stall_s`: the longest that the board stood still after a blow while an answer waited. `limit_s`: the most that
    what `limited` names may last; None: nothing is promised. `problems`: what did not hold.
    """

    fault: str
    done: str
    checked: str
    players: int
    questions: int
    strikes: int
    answers_accepted: int
    answers_refused: int
    reconnects: int
    resent: int
    redeliveries: int
    p99_ms: float | None
    longest_away_s: float
    recovery_s: float | None
    stall_s: float | None
    limited: Limited
    limit_s: float | None
    play_s: float
    notes: list[str]
    problems: list[str]

    @property
    def held(self) -> bool:
        """Whether everything that must be true is."""
        return not self.problems

    @property
    def is_in_time(self) -> bool:
        limited_s = self._limited_s
        return limited_s is None or self.limit_s is None or limited_s <= self.limit_s

    @property
    def _limited_s(self) -> float | None:
        match self.limited:
            case Limited.STALL:
                return self.stall_s
            case Limited.ABSENCE:
                return self.longest_away_s
            case Limited.RECOVERY:
                return self.recovery_s

    def line(self) -> str:
        """One row of a Markdown table."""
        cells = (self.fault, self._done(), self._checked(), self._held(), self._recovery())
        return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"

    def json(self) -> str:
        return msgspec.json.encode(self).decode()

    def _done(self) -> str:
        return f"{self.done} ({self.strikes} blows)" if self.strikes > 1 else self.done

    def _checked(self) -> str:
        counted = f"{ALWAYS}, {self.answers_accepted} answers"
        return "; ".join(part for part in (counted, self.checked, *self.notes) if part)

    def _held(self) -> str:
        return "yes" if self.held else f"**no**: {'; '.join(self.problems[:3])}"

    def _recovery(self) -> str:
        if self.recovery_s is None:
            return "–"
        limit = "" if self.limit_s is None else f" (limit {self.limit_s:g})"
        recovery = f"{self.recovery_s:.1f} s"
        if self.limited is Limited.RECOVERY:
            return self._marked(f"{recovery}{limit}")
        return f"{self._marked(f'{self.limited} {self._limited_s:.1f} s{limit}')}, all in after {recovery}"

    def _marked(self, limited: str) -> str:
        return limited if self.is_in_time else f"**{limited}**"
