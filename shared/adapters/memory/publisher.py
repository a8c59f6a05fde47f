"""A publisher that keeps what it was given."""

from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.events.event import Event


class MemoryPublisher:
    """`events` holds every acknowledged event in order, repetitions included, as a topic would."""

    part: ClassVar[Part] = Part.KAFKA

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self.events: list[Event] = []

    @port_call
    async def publish(self, *events: Event) -> None:
        self.events.extend(events)
