"""Between events in memory and on the wires: Kafka's binary mode, HTTP's binary mode, the JSON format.

The only module that imports the CloudEvents SDK.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from shared.domain.errors import MalformedEvent
from shared.events.catalog import CATALOG
from shared.events.event import Event

CONTENT_TYPE = "application/json"
STRUCTURED_CONTENT_TYPE = "application/cloudevents+json"


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
        "time": event.time,
        "datacontenttype": CONTENT_TYPE,
    }
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
    try:
        document = msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise MalformedEvent(f"expected an event in CloudEvents' JSON format: {error}") from error
    data = document.pop("data", None)
    return _decoded(document, data)


def from_record(headers: Mapping[str, bytes], value: bytes) -> Event:
    """The event that a Kafka record in binary mode holds. Raises MalformedEvent."""
    attributes = {
        name.removeprefix("ce_"): text.decode() for name, text in headers.items() if name.startswith("ce_")
    }
    return _decoded(attributes, value)


def _decoded(attributes: Mapping[str, Any], data: Any) -> Event:
    event_type = CATALOG.get(str(attributes.get("type")))
    if event_type is None:
        raise MalformedEvent(f"expected a type of the catalogue, got {str(attributes.get('type'))[:100]!r}")
    missing = [name for name in ("id", "source", "subject") if not attributes.get(name)]
    if missing:
        raise MalformedEvent(f"expected attribute {' and '.join(missing)} of {event_type.name}, got none")
    try:
        if isinstance(data, bytes | str):
            payload = msgspec.json.decode(data, type=event_type.payload)
        else:
            payload = msgspec.convert(data, type=event_type.payload)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise MalformedEvent(f"data of {event_type.name}: {error}") from error
    return Event(
        id=str(attributes["id"]),
        type=event_type,
        source=str(attributes["source"]),
        subject=str(attributes["subject"]),
        time=str(attributes.get("time") or ""),
        data=payload,
        traceparent=str(attributes.get("traceparent") or ""),
    )
