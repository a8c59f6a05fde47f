"""Dead letters for people and for programs. What others wrote is shown without its control characters."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.text import Text

from knative.local.deadletters.letter import DeadLetter, short_type
from knative.local.deadletters.replay import Replayed

_CONTROL = re.compile(r"[^\n -~\u00a0-\U0010ffff]")
_LONGEST_MESSAGE = 160
_HEADING = ("place", "when", "function", "code", "event", "session", "message")


def as_json(letters: Iterable[DeadLetter]) -> str:
    """One array."""
    return msgspec.json.format(msgspec.json.encode([_plain(letter) for letter in letters])).decode()


def replayed_as_json(one: Replayed) -> str:
    """One object on one line."""
    shown = {
        "place": str(one.letter.place),
        "id": one.letter.attributes.get("id", ""),
        "type": one.letter.type,
        "topic": one.topic,
        "key": one.key,
        "refusal": one.refusal,
    }
    return msgspec.json.encode(shown).decode()


def replayed_line(one: Replayed) -> str:
    """What was done with it, or why nothing was."""
    what = f"{one.letter.place}  {one.letter.type or 'no type'}  {one.letter.attributes.get('id', 'no id')}"
    outcome = f"→ {one.topic}, key {one.key}" if one.topic else f"refused: {one.refusal}"
    return _clean(f"{what}  {outcome}").replace("\n", " ")


def letter_lines(letters: Sequence[DeadLetter]) -> list[str]:
    """One line each under a heading, in columns; however narrow the terminal, a line stays one."""
    rows = [_HEADING, *map(_cells, letters)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def print_letter(console: Console, letter: DeadLetter) -> None:
    """Attributes, what the function said, data."""
    heading = f"{letter.place}, written {letter.when:%Y-%m-%d %H:%M:%S} UTC"
    said = f"{letter.function or 'a function'} answered {letter.code or 'nothing'}"
    console.print(Text(heading, "bold"), soft_wrap=True)
    console.print(Text(_clean(f"{said}: {letter.message}" if letter.message else said)), soft_wrap=True)
    console.print(Text("attributes", "bold"))
    for name, value in sorted(letter.attributes.items()):
        console.print(Text(_clean(f"  {name}: {value}")), soft_wrap=True)
    console.print(Text("data", "bold"))
    console.print(Text(_clean(_pretty(letter.data))), soft_wrap=True)


def _plain(letter: DeadLetter) -> dict[str, Any]:
    return {
        "place": str(letter.place),
        "when": letter.when,
        "function": letter.function,
        "code": letter.code,
        "type": letter.type,
        "session": letter.session,
        "message": letter.message,
        "attributes": letter.attributes,
        "data": letter.data,
    }


def _pretty(data: Any) -> str:
    return data if isinstance(data, str) else msgspec.json.format(msgspec.json.encode(data)).decode()


def _cells(letter: DeadLetter) -> tuple[str, ...]:
    cells = (
        str(letter.place),
        f"{letter.when:%Y-%m-%d %H:%M:%SZ}",
        letter.function or "unknown",
        letter.code or "none",
        short_type(letter.type),
        letter.session,
        _shortened(letter.message),
    )
    return tuple(_clean(cell).replace("\n", " ") for cell in cells)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]} …"


def _clean(text: str) -> str:
    return _CONTROL.sub("�", text)
