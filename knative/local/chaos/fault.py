"""A fault as data: what is done to a play, when, and what must be true besides the truths that always are.

strikes   blows, each at a moment that the seed draws: while players answer, or (lobby_strikes) while they join
acts      what goes on beside the play, from its lobby to its check
mends     what must be over before the check
checks    what this fault alone must not do; each gives its findings
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from knative.local.chaos.world import World


class Limited(StrEnum):
    """What RELIABILITY's table promises of a fault."""

    RECOVERY = "recovered"  # until the last late answer is on its player's board
    STALL = "stalled"  # the board stands still while an answer waits; a queue may be worked off after it
    ABSENCE = "away"  # a player is without a connection


Act = Callable[[World], Coroutine[Any, Any, None]]
Check = Callable[[World], Coroutine[Any, Any, list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`holds`: for people, what is checked besides the truths. `limit_s`: how long what is `limited` may last.

    `shifts_clocks`: needs a system whose clocks are off. `once_a_question`: a short play takes fewer strikes.
    """

    name: str
    done: str
    holds: str = ""
    limit_s: float | None = None
    limited: Limited = Limited.RECOVERY
    strikes: tuple[Act, ...] = ()
    lobby_strikes: tuple[Act, ...] = ()
    acts: tuple[Act, ...] = ()
    mends: tuple[Act, ...] = ()
    checks: tuple[Check, ...] = ()
    shifts_clocks: bool = False
    once_a_question: bool = False

    def along(self, other: "Fault") -> "Fault":
        """This one, with what the other does and checks beside it."""
        both = together(self.name, self, other)
        return replace(
            both,
            done=self.done,
            limit_s=self.limit_s,
            limited=self.limited,
            shifts_clocks=self.shifts_clocks,
        )


def together(name: str, *faults: Fault) -> Fault:
    """All of them in one play. Whose fault a slow recovery would be, nobody could say: there is no limit."""
    return Fault(
        name=name,
        done=", ".join(fault.name for fault in faults),
        holds="; ".join(fault.holds for fault in faults if fault.holds),
        strikes=tuple(strike for fault in faults for strike in fault.strikes),
        lobby_strikes=tuple(strike for fault in faults for strike in fault.lobby_strikes),
        acts=tuple(act for fault in faults for act in fault.acts),
        mends=tuple(mend for fault in faults for mend in fault.mends),
        checks=tuple(check for fault in faults for check in fault.checks),
    )
