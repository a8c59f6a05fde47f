"""A dead letter: an event that some function did not take, with what its delivery says about that.

Pure. Whatever stands in the record makes a letter: whether it is a good event is asked only when it is replayed.
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

import msgspec

from knative.local.runner.cloudevent import Record

# Attributes that a delivery adds and no emitter writes: knativeerror* by the failure, knativekafka* by the source,
# and the key of what was no CloudEvent.
_DELIVERYS_OWN = re.compile(r"knative.*|partitionkey")
_PLACE = re.compile(r"(\d{1,9})/(\d{1,18})")
_FUNCTION_PATH = "/functions/"


class PlaceError(Exception):
    """The text names no place in a topic."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a letter stands in quiz.dead-letters; written PARTITION/OFFSET."""

    partition: int
    offset: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises PlaceError."""
        found = _PLACE.fullmatch(text)
        if found is None:
            raise PlaceError(f"expected PARTITION/OFFSET as `quizline dead-letters list` shows it, got {text!r}")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """`headers` and `value` as they stand in Kafka; `when` it was written there."""

    place: Place
    when: datetime
    headers: dict[str, bytes]
    value: bytes

    @property
    def attributes(self) -> dict[str, str]:
        """All of them, by their CloudEvents names."""
        return {
            name.removeprefix("ce_"): value.decode(errors="replace")
            for name, value in self.headers.items()
            if name.startswith("ce_")
        }

    @property
    def type(self) -> str:
        return self.attributes.get("type", "")

    @property
    def session(self) -> str:
        return self.attributes.get("subject", "")

    @property
    def destination(self) -> str:
        """The address that did not take it."""
        return self.attributes.get("knativeerrordest", "")

    @property
    def function(self) -> str:
        """By the address: the first label of a Service's host, or what the local runner's path names."""
        try:
            address = urlsplit(self.destination)
            host = address.hostname or ""
        except ValueError:
            return ""
        if address.path.startswith(_FUNCTION_PATH):
            return address.path.removeprefix(_FUNCTION_PATH)
        return host.partition(".")[0]

    @property
    def code(self) -> str:
        """The last answer's status; empty where none came."""
        return self.attributes.get("knativeerrorcode", "")

    @property
    def message(self) -> str:
        """What the function said. Knative writes at most its first 1,024 bytes, in base64."""
        text = self.attributes.get("knativeerrordata", "")
        try:
            return base64.b64decode(text, validate=True).decode(errors="replace")
        except ValueError:
            return text

    @property
    def data(self) -> Any:
        """What the JSON says; text where it is none."""
        try:
            return msgspec.json.decode(self.value)
        except (ValueError, RecursionError):
            return self.value.decode(errors="replace")

    @property
    def original_headers(self) -> dict[str, bytes]:
        """The event's own, as its emitter wrote them."""
        return {
            name: value
            for name, value in self.headers.items()
            if name == "content-type"
            or (name.startswith("ce_") and not _DELIVERYS_OWN.fullmatch(name.removeprefix("ce_")))
        }


def letter_of(record: Record) -> DeadLetter:
    """Total: any record makes a letter."""
    return DeadLetter(
        place=Place(record.partition, record.offset),
        when=datetime.fromtimestamp(max(0, record.timestamp) / 1000, UTC),
        headers={name: value or b"" for name, value in record.headers},
        value=record.value or b"",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which letters are meant: those that have every part that is named. Empty: all."""

    places: frozenset[Place] = frozenset()
    function: str = ""
    type: str = ""
    session: str = ""
    code: str = ""

    @property
    def is_everything(self) -> bool:
        return self == Selection()

    def takes(self, letter: DeadLetter) -> bool:
        return (
            (not self.places or letter.place in self.places)
            and self.function in {"", letter.function}
            and self.type in {"", letter.type, short_type(letter.type)}
            and self.session in {"", letter.session}
            and self.code in {"", letter.code}
        )


def short_type(type_name: str) -> str:
    """`answer.accepted` of `app.quizline.answer.accepted.v1`, as the fixtures are named."""
    return type_name.removeprefix("app.quizline.").removesuffix(".v1")
