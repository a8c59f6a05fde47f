"""From a Kafka record to the HTTP request that a KafkaSource makes of it, and to a dead letter. Pure and total:
any bytes make some request, so that no record can stop a source.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import quote

# What a record becomes that holds no CloudEvent.
KAFKA_EVENT = "dev.knative.kafka.event"

_REQUIRED = ("specversion", "id", "source", "type")
# CloudEvents' HTTP binding, 3.1.3.2: these travel as they are, everything else percent-encoded.
_PLAIN_VALUE = re.compile(r"[!#$&-~]*")
_SAFE = "".join(map(chr, range(0x21, 0x7F))).replace('"', "").replace("%", "")
_PRINTABLE = re.compile(r"[ -~]*")
_LAST_TIME_S = 253_402_300_799  # the end of year 9999: a producer may write any timestamp
_ATTRIBUTE_NAME = re.compile(r"[a-z0-9]+")


class Record(Protocol):
    """A record as aiokafka's consumer gives it; `timestamp` in milliseconds."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def timestamp(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudEvent:
    """Attributes as text, without the `ce` prefix; `content_type` empty when unknown."""

    attributes: dict[str, str]
    content_type: str
    body: bytes


def event_of(record: Record, *, source: str) -> CloudEvent:
    """The event in `record`, in binary or structured mode; else a dev.knative.kafka.event around its bytes.

    Every event gains `knativekafkapartition` and `knativekafkaoffset`, and the key as `partitionkey`.
    """
    event = _binary(record) or _structured(record) or _wrapped(record, source)
    event.attributes["knativekafkapartition"] = str(record.partition)
    event.attributes["knativekafkaoffset"] = str(record.offset)
    if record.key is not None:
        event.attributes.setdefault("partitionkey", record.key.decode(errors="replace"))
    return event


def http_headers(event: CloudEvent) -> dict[str, str]:
    """The request's headers in binary mode, values encoded as the HTTP binding asks."""
    headers = {
        f"ce-{name}": value if _PLAIN_VALUE.fullmatch(value) else quote(value, safe=_SAFE, errors="replace")
        for name, value in event.attributes.items()
    }
    if event.content_type:
        headers["content-type"] = event.content_type
    headers["prefer"] = "reply"
    return headers


def record_headers(event: CloudEvent, more: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """The Kafka headers of `event` with the attributes `more`, in binary mode."""
    headers = [
        (f"ce_{name}", value.encode(errors="replace")) for name, value in {**event.attributes, **more}.items()
    ]
    if event.content_type:
        headers.append(("content-type", event.content_type.encode()))
    return headers


def _binary(record: Record) -> CloudEvent | None:
    attributes: dict[str, str] = {}
    content_type = ""
    for name, value in record.headers:
        if name.startswith("ce_"):
            if not _ATTRIBUTE_NAME.fullmatch(name, 3):
                return None
            attributes[name[3:]] = value.decode(errors="replace")
        elif name == "content-type":
            content_type = value.decode(errors="replace")
    if not all(attributes.get(name) for name in _REQUIRED) or not _PRINTABLE.fullmatch(content_type):
        return None
    return CloudEvent(attributes=attributes, content_type=content_type, body=record.value or b"")


def _structured(record: Record) -> CloudEvent | None:
    content_type = next((value for name, value in record.headers if name == "content-type"), b"")
    if not content_type.startswith(b"application/cloudevents+json"):
        return None
    try:
        document = json.loads(record.value or b"")
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or "data_base64" in document:
        return None
    body = json.dumps(document.pop("data")).encode() if "data" in document else b""
    attributes = {name: str(value) for name, value in document.items() if _ATTRIBUTE_NAME.fullmatch(name)}
    if not all(attributes.get(name) for name in _REQUIRED):
        return None
    data_type = attributes.pop("datacontenttype", "application/json")
    if not _PRINTABLE.fullmatch(data_type):
        return None
    return CloudEvent(attributes=attributes, content_type=data_type, body=body)


def _wrapped(record: Record, source: str) -> CloudEvent:
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": f"partition:{record.partition}/offset:{record.offset}",
        "type": KAFKA_EVENT,
        "source": f"{source}#{record.topic}",
        "subject": f"partition:{record.partition}#{record.offset}",
        "time": datetime.fromtimestamp(min(max(0, record.timestamp) / 1000, _LAST_TIME_S), UTC).isoformat(),
    }
    if record.key is not None:
        attributes["key"] = record.key.decode(errors="replace")
    return CloudEvent(attributes=attributes, content_type="", body=record.value or b"")
