"""What a handler says of an event that is not its own."""

from shared.domain.errors import MalformedEvent
from shared.events.event import Event


def unexpected(event: Event, function: str) -> MalformedEvent:
    """For an event of a type that `function` does not take: a source with a wrong topic, or a stray request."""
    return MalformedEvent(f"expected a type that {function} handles, got {event.type.name}")
