"""Due times that survive any process: whichever gateway claims one acts on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.domain.session import Command


@dataclass(frozen=True, slots=True)
class Deadline:
    """`command` is due for the session if it still has `version`; None means: announce that version's event.

    An announcement is the outbox of a state change: scheduled before the change is stored, removed once the
    event is published.
    """

    session_id: str
    version: int
    command: Command | None


class Deadlines(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def schedule(self, deadline: Deadline, *, due_ms: int) -> None: ...

    async def claim_due(self, *, now_ms: int, lease_ms: int = 2_000) -> Sequence[Deadline]:
        """At most 100 due ones, each hidden from others for the lease: done() it, or it comes again."""

    async def done(self, deadline: Deadline) -> None: ...
