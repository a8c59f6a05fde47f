"""Write the golden events to tests/events/*.json: `python -m tests.events.generate`."""

from pathlib import Path

import msgspec

from shared.events.codec import to_json
from shared.events.event import Event
from tests.events.golden import GOLDEN

FOLDER = Path(__file__).parent


def fixture_name(event: Event) -> str:
    """The type without its prefix and version: answer.accepted.json."""
    return event.type.name.removeprefix("app.quizline.").removesuffix(".v1") + ".json"


def fixtures() -> dict[str, bytes]:
    """What every file must hold, by name."""
    return {fixture_name(event): msgspec.json.format(to_json(event), indent=2) + b"\n" for event in GOLDEN}


def main() -> None:
    for name, text in fixtures().items():
        (FOLDER / name).write_bytes(text)


if __name__ == "__main__":
    main()
