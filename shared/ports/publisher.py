"""Events go out here."""

from typing import Protocol

from shared.events.event import Event


class Publisher(Protocol):
    async def publish(self, *events: Event) -> None:
        """Return once every event is acknowledged by all in-sync replicas. Raises TransientFailure.

        After a failure any of them may have been written: publish again, ids are deterministic.
        """
