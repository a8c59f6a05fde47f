"""An event in CloudEvents' JSON format, as HTTP's binary mode wants it.

Whether it is a good event is the function's to say: only what cannot be posted at all is refused here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

_NOT_HEADERS = {"data", "data_base64", "datacontenttype"}


class EventFileError(Exception):
    """No event can be made of the file; the message names it and says what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """`headers` and `body` of the request; `attributes` are the event's, by their CloudEvents names."""

    path: Path
    attributes: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def subject(self) -> str:
        return self.attributes.get("subject", "")


def read_event(path: Path) -> EventFile:
    """Raises EventFileError."""
    document = _document(path)
    attributes = {name: str(value) for name, value in document.items() if name not in _NOT_HEADERS}
    for name, value in attributes.items():
        if not name.isalnum() or not value.isprintable():
            raise EventFileError(f"{path}: expected attribute {name!r} to be one printable line, got {value!r}")
    return EventFile(
        path=path,
        attributes=attributes,
        headers={
            "content-type": str(document.get("datacontenttype", "application/json")),
            **{f"ce-{name}": value for name, value in attributes.items()},
        },
        body=msgspec.json.encode(document.get("data")),
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except OSError as error:
        raise EventFileError(f"expected a file that can be read: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EventFileError(f"{path}: expected an event in CloudEvents' JSON format: {error}") from error
