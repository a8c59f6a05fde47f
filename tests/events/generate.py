"""Write what is generated from the code: the golden events, the published schemas in docs/schemas, and the web
client's types.

`python -m tests.events.generate`; a test fails while a file differs from what this writes.
"""

from pathlib import Path

import msgspec

from shared.events.catalog import CATALOG
from shared.events.codec import to_json
from shared.events.event import Event
from shared.events.schemas import asyncapi, payload_schema, short_name
from tests.events.golden import GOLDEN
from tests.events.typescript import api_types, bounds, protocol_types, reasons

FIXTURES = Path(__file__).parent
SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
CLIENT = Path(__file__).parents[2] / "gateway" / "web" / "src" / "client"


def fixture_name(event: Event) -> str:
    """The type without its prefix and version: answer.accepted.json."""
    return f"{short_name(event.type)}.json"


def generated() -> dict[Path, bytes]:
    """What every generated file must hold."""
    fixtures = {FIXTURES / fixture_name(event): _indented(to_json(event)) for event in GOLDEN}
    schemas = {
        SCHEMAS / "events" / f"{short_name(event_type)}.json": _indented(
            msgspec.json.encode(payload_schema(event_type))
        )
        for event_type in CATALOG.values()
    }
    types = {
        CLIENT / "protocol.gen.ts": protocol_types().encode(),
        CLIENT / "api.gen.ts": api_types().encode(),
        CLIENT / "bounds.gen.ts": bounds().encode(),
        CLIENT / "reasons.gen.ts": reasons().encode(),
    }
    return {**fixtures, **schemas, **types, SCHEMAS / "asyncapi.json": _indented(msgspec.json.encode(asyncapi()))}


def _indented(text: bytes) -> bytes:
    return msgspec.json.format(text, indent=2) + b"\n"


def main() -> None:
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


if __name__ == "__main__":
    main()
