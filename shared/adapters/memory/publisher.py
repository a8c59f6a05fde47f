"""A publisher that keeps what it was given."""

from shared.adapters.memory.faults import Faults, port_call
from shared.events.event import Event


class MemoryPublisher:
    """`events` holds every acknowledged event in order, repetitions included, as a topic would."""

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self.events: list[Event] = []

    @port_call
    async def publish(self, *events: Event) -> None:
        self.events.extend(events)
