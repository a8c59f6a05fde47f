"""Between events in memory and on the wires: Kafka's binary mode, HTTP's binary mode, the JSON format.

The only module that imports the CloudEvents SDK.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec

from shared.domain.errors import MalformedEvent
from shared.events.catalog import CATALOG, EventType
from shared.events.event import Event
from shared.events.payloads import Payload

CONTENT_TYPE = "application/json"
STRUCTURED_CONTENT_TYPE = "application/cloudevents+json"
MAX_ATTRIBUTE = 256

Shape = TypeVar("Shape")


class ReceivedEvent(Protocol):
    """What the CloudEvents SDK and functions-framework hand to a function."""

    def get_attributes(self) -> Mapping[str, Any]: ...

    def get_data(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Record:
    """A Kafka record in CloudEvents' binary mode."""

    topic: str
    key: bytes
    headers: list[tuple[str, bytes]]
    value: bytes


def attributes_of(event: Event) -> dict[str, str]:
    """The CloudEvents context attributes, all strings."""
    attributes = {
        "specversion": "1.0",
        "id": event.id,
        "type": event.type.name,
        "source": event.source,
        "subject": event.subject,
        "datacontenttype": CONTENT_TYPE,
    }
    if event.time:
        attributes["time"] = event.time
    if event.traceparent:
        attributes["traceparent"] = event.traceparent
    return attributes


def to_record(event: Event) -> Record:
    """The Kafka record of an event: topic and key from the catalogue, attributes as `ce_` headers."""
    from cloudevents.http import CloudEvent
    from cloudevents.kafka import to_binary

    message = to_binary(
        CloudEvent(attributes_of(event), event.data),
        data_marshaller=msgspec.json.encode,
        key_mapper=lambda _: event.key,
    )
    assert isinstance(message.value, bytes)
    return Record(event.type.topic, event.key.encode(), list(message.headers.items()), message.value)


def from_received(received: ReceivedEvent) -> Event:
    """The event that arrived over HTTP. Raises MalformedEvent, naming what was expected and got."""
    return _decoded(received.get_attributes(), received.get_data())


def to_json(event: Event) -> bytes:
    """The event in CloudEvents' JSON format, as in tests/events/."""
    return msgspec.json.encode({**attributes_of(event), "data": event.data})


def from_json(text: bytes) -> Event:
    """The event that a document in CloudEvents' JSON format holds. Raises MalformedEvent."""
    document = _decoded_json(text, dict[str, Any], "an event in CloudEvents' JSON format")
    data = document.pop("data", None)
    return _decoded(document, data)


def from_record(headers: Mapping[str, bytes], value: bytes) -> Event:
    """The event that a Kafka record in binary mode holds. Raises MalformedEvent."""
    attributes = {
        name.removeprefix("ce_"): text.decode(errors="replace")
        for name, text in headers.items()
        if name.startswith("ce_")
    }
    return _decoded(attributes, value)


def _decoded(attributes: Mapping[str, Any], data: Any) -> Event:
    event_type = CATALOG.get(str(attributes.get("type")))
    if event_type is None:
        raise MalformedEvent(f"expected a type of the catalogue, got {str(attributes.get('type'))[:100]!r}")
    if attributes.get("specversion") != "1.0":
        raise MalformedEvent(f"expected specversion '1.0', got {str(attributes.get('specversion'))[:100]!r}")
    return Event(
        id=_required(attributes, "id"),
        type=event_type,
        source=_required(attributes, "source"),
        subject=_required(attributes, "subject"),
        time=_time(attributes),
        data=_payload(event_type, data),
        traceparent=_optional(attributes, "traceparent"),
    )


def _required(attributes: Mapping[str, Any], name: str) -> str:
    value = _optional(attributes, name)
    if not value:
        raise MalformedEvent(f"expected attribute {name}, got none")
    return value


def _optional(attributes: Mapping[str, Any], name: str) -> str:
    """An attribute that is passed on and used in keys: short, and without control characters."""
    value = attributes.get(name) or ""
    if not isinstance(value, str) or len(value) > MAX_ATTRIBUTE or not value.isprintable():
        raise MalformedEvent(
            f"expected attribute {name} of at most {MAX_ATTRIBUTE} printable characters, got {str(value)[:100]!r}"
        )
    return value


def _time(attributes: Mapping[str, Any]) -> str:
    """RFC 3339, or empty where there is none."""
    time = _optional(attributes, "time")
    try:
        if time:
            datetime.fromisoformat(time)
    except ValueError as error:
        raise MalformedEvent(f"expected attribute time in RFC 3339, got {time!r}") from error
    return time


def _payload(event_type: EventType, data: Any) -> Payload:
    """`data` as bytes, text or what a JSON parser made of it.

    Parsed data is encoded again: only so are numbers and texts refused that no store and no wire could take.
    """
    if not isinstance(data, bytes | str):
        try:
            data = msgspec.json.encode(data)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise MalformedEvent(f"data of {event_type.name}: {error}") from error
    return _decoded_json(data, event_type.payload, f"data of {event_type.name}")


def _decoded_json(text: bytes | str, shape: type[Shape], what: str) -> Shape:
    try:
        return msgspec.json.decode(text, type=shape)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors, and so are Unicode's
        raise MalformedEvent(f"expected {what}: {error}") from error
