"""Every fault that a chaos run plays, in the order of RELIABILITY's table."""

from knative.local.chaos.clients import OFFENDERS, STILL_READERS, STORM
from knative.local.chaos.clocks import CLOCKS
from knative.local.chaos.delivery import LATE, REPLAY, TRIPLE
from knative.local.chaos.fault import Fault
from knative.local.chaos.flood import FLOOD
from knative.local.chaos.killing import (
    KILL_GATEWAY,
    KILL_KAFKA,
    KILL_MONGODB,
    KILL_REDIS,
    KILL_SOURCES,
    ROLLOUT,
    WIPE_REDIS,
    killed_functions,
)
from knative.local.chaos.network import CUT_GATEWAY, CUT_KAFKA, CUT_REDIS
from knative.local.chaos.poisoning import POISONED
from knative.local.chaos.tabs import TWO_TABS
from knative.local.chaos.tokens import FORGED

BASELINE = Fault(name="none", done="nothing")
FAULTS = (
    *killed_functions(),
    KILL_GATEWAY,
    ROLLOUT,
    KILL_REDIS,
    WIPE_REDIS,
    KILL_KAFKA,
    KILL_MONGODB,
    KILL_SOURCES,
    REPLAY,
    TRIPLE,
    LATE,
    CLOCKS,
    STILL_READERS,
    STORM,
    OFFENDERS,
    POISONED,
    CUT_REDIS,
    CUT_KAFKA,
    CUT_GATEWAY,
    TWO_TABS,
    FORGED,
    FLOOD,
)


class UnknownFault(Exception):
    """There is no fault of this name; the message lists those that there are."""


def chosen_faults(names: str) -> tuple[Fault, ...]:
    """By name, comma-separated; all of them for an empty text. Raises UnknownFault."""
    if not names:
        return FAULTS
    known = {fault.name: fault for fault in FAULTS}
    chosen = [name.strip() for name in names.split(",")]
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise UnknownFault(f"expected faults of {', '.join(known)}; got {', '.join(unknown)}")
    return tuple(known[name] for name in chosen)
