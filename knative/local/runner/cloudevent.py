"""From a Kafka record to the HTTP request that a KafkaSource makes of it, and to a dead letter. Pure and total:
any bytes make some request, so that no record can stop a source.
"""

import base64
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
_SPEC_VERSIONS = frozenset({"0.3", "1.0"})
# What the dispatcher's parsers take: RFC 3339 for `time`, java.net.URI for `source` and `dataschema`.
_TIME = re.compile(
    r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)"
)
_URI = re.compile(r"""([^\x00-\x20\x7f"<>\\^`{|}%]|%[0-9A-Fa-f]{2})+""")
_READABLE = {"time": _TIME, "source": _URI, "dataschema": _URI}
# The dispatcher encodes nothing. Neither do we what HTTP takes; the rest arrives damaged there, and here
# percent-encoded as CloudEvents' HTTP binding says (3.1.3.2).
_PLAIN_VALUE = re.compile(r"[ -~]*")
_SAFE = "".join(map(chr, range(0x21, 0x7F))).replace('"', "").replace("%", "")
_PRINTABLE = re.compile(r"[ -~]*")
_LAST_TIME_S = 253_402_300_799  # the end of year 9999: a producer may write any timestamp
_ATTRIBUTE_NAME = re.compile(r"[a-z0-9]+")
_NO_NAME_CHARACTER = re.compile(r"[^a-z0-9]")
_JSON_TYPE = re.compile(r"[^;]*[/+]json\s*(;.*)?", re.IGNORECASE)


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
    def headers(self) -> Sequence[tuple[str, bytes | None]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudEvent:
    """Attributes as text, without the `ce` prefix; `content_type` empty when unknown."""

    attributes: dict[str, str]
    content_type: str
    body: bytes


def event_of(record: Record, *, source: str) -> CloudEvent:
    """The event in `record`, in binary or structured mode; else a dev.knative.kafka.event around its bytes.

    Every event gains `knativekafkapartition` and `knativekafkaoffset`. The key travels only with what was no
    CloudEvent.
    """
    event = _binary(record) or _structured(record) or _wrapped(record, source)
    event.attributes["knativekafkapartition"] = str(record.partition)
    event.attributes["knativekafkaoffset"] = str(record.offset)
    return event


def http_headers(event: CloudEvent) -> dict[str, str]:
    """The request's headers in binary mode, values encoded where HTTP could not carry them."""
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
    for name, stored in record.headers:
        value = stored or b""
        if name.startswith("ce_"):
            attribute = name[3:].lower()
            if not _ATTRIBUTE_NAME.fullmatch(attribute):
                return None
            attributes[attribute] = value.decode(errors="replace")
        elif name == "content-type":
            content_type = value.decode(errors="replace")
    if not _is_event(attributes) or not _PRINTABLE.fullmatch(content_type):
        return None
    return CloudEvent(attributes=attributes, content_type=content_type, body=record.value or b"")


def _structured(record: Record) -> CloudEvent | None:
    content_type = next((value for name, value in record.headers if name == "content-type"), None) or b""
    if not content_type.startswith(b"application/cloudevents+json"):
        return None
    try:
        document = json.loads(record.value or b"")
        attributes = {name: _text(value) for name, value in document.items() if _ATTRIBUTE_NAME.fullmatch(name)}
        data_type = attributes.pop("datacontenttype", "application/json")
        body = _data(document, data_type)
    except (ValueError, RecursionError, AttributeError, TypeError):
        return None
    attributes.pop("data", None)
    if not _is_event(attributes) or not _PRINTABLE.fullmatch(data_type):
        return None
    return CloudEvent(attributes=attributes, content_type=data_type, body=body)


def _is_event(attributes: Mapping[str, str]) -> bool:
    """Whether the dispatcher takes them for a CloudEvent's."""
    return (
        all(attributes.get(name) for name in _REQUIRED)
        and attributes["specversion"] in _SPEC_VERSIONS
        and all(form.fullmatch(attributes[name]) for name, form in _READABLE.items() if name in attributes)
    )


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _data(document: Mapping[str, Any], data_type: str) -> bytes:
    """The data of a structured event. Raises ValueError, TypeError."""
    if "data_base64" in document:
        if "data" in document:
            raise ValueError("expected data or data_base64, got both")
        return base64.b64decode(document["data_base64"], validate=True)
    if "data" not in document:
        return b""
    data = document["data"]
    if isinstance(data, str) and not _JSON_TYPE.fullmatch(data_type):
        return data.encode()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _wrapped(record: Record, source: str) -> CloudEvent:
    attributes: dict[str, str] = {
        "specversion": "1.0",
        "id": f"partition:{record.partition}/offset:{record.offset}",
        "type": KAFKA_EVENT,
        "source": f"{source}#{record.topic}",
        "subject": f"partition:{record.partition}#{record.offset}",
        "time": _time(record),
    }
    if record.key is not None:
        attributes["key"] = attributes["partitionkey"] = record.key.decode(errors="replace")
    content_type = ""
    for name, value in record.headers:
        text = (value or b"").decode(errors="replace")
        if name.lower() == "content-type":
            content_type = text.lower() if _PRINTABLE.fullmatch(text) else ""
        else:
            attributes[f"kafkaheader{_NO_NAME_CHARACTER.sub('', name.lower())}"] = text
    return CloudEvent(attributes=attributes, content_type=content_type, body=record.value or b"")


def _time(record: Record) -> str:
    """When it was written, with as many digits as Java's clock shows: milliseconds, if there are any."""
    written = datetime.fromtimestamp(min(max(0, record.timestamp) / 1000, _LAST_TIME_S), UTC)
    precision = "milliseconds" if record.timestamp % 1000 else "seconds"
    return written.replace(tzinfo=None).isoformat(timespec=precision) + "Z"
