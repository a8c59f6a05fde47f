"""An event in memory: CloudEvents 1.0 context plus a decoded payload."""

from dataclasses import dataclass

from shared.domain.identifiers import derived_id
from shared.events.catalog import EventType
from shared.events.payloads import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`subject` is the session's id; `time` (RFC 3339, UTC) is when the first cause entered the system.

    `traceparent` is W3C Trace Context, carried unchanged through every hop; empty when there is none.
    """

    id: str
    type: EventType
    source: str
    subject: str
    time: str
    data: Payload
    traceparent: str = ""

    @property
    def key(self) -> str:
        """The Kafka key that the catalogue gives this event."""
        return self.type.key(self.subject, self.data)


def derive(cause: Event, event_type: EventType, data: Payload, *, source: str, discriminator: str = "") -> Event:
    """The event that `source` makes of `cause`: same id for the same cause, type and discriminator."""
    return Event(
        id=derived_id(cause.id, f"{event_type.name}/{discriminator}"),
        type=event_type,
        source=source,
        subject=cause.subject,
        time=cause.time,
        data=data,
        traceparent=cause.traceparent,
    )
