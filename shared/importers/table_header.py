"""The header row of a table of questions: which column says what. Found by its words, wherever it stands.

Knows our own names and those that Kahoot's spreadsheet and its like use; what follows a dash or a bracket in a
name ("Answer 1 - max 75 characters") says nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Column(StrEnum):
    """What a column can say. Choices and targets have a column each."""

    TYPE = "type"
    PROMPT = "prompt"
    CHOICE = "choice"
    TARGET = "target"
    CORRECT = "correct"
    ACCEPTED = "accepted"
    TOLERANCE = "tolerance"
    TIME_S = "time limit (s)"
    TIME_MS = "time limit (ms)"
    POINTS = "points"
    IMAGE_URL = "image url"
    QUIZ_TITLE = "quiz title"


# fmt: off
_NAMES: Mapping[str, Column] = MappingProxyType({
    "type": Column.TYPE, "question type": Column.TYPE,
    "prompt": Column.PROMPT, "question": Column.PROMPT, "question text": Column.PROMPT,
    "correct": Column.CORRECT, "correct answer": Column.CORRECT, "correct answers": Column.CORRECT,
    "correct choice": Column.CORRECT, "correct choices": Column.CORRECT, "correct option": Column.CORRECT,
    "correct options": Column.CORRECT, "answer": Column.CORRECT, "right answer": Column.CORRECT,
    "accepted": Column.ACCEPTED, "accepted answers": Column.ACCEPTED,
    "tolerance": Column.TOLERANCE,
    "time limit": Column.TIME_S, "time": Column.TIME_S, "time in seconds": Column.TIME_S,
    "seconds": Column.TIME_S, "time limit ms": Column.TIME_MS,
    "points": Column.POINTS,
    "image": Column.IMAGE_URL, "image url": Column.IMAGE_URL, "image link": Column.IMAGE_URL,
    "picture": Column.IMAGE_URL,
    "quiz title": Column.QUIZ_TITLE,
})
# fmt: on
_CHOICE = re.compile(r"(answer|choice|option|target|match) ?(\d{1,2}|[a-j])")
_REST = re.compile(r"\s+[-–—]\s.*|\s*[(\[:].*", re.DOTALL)
MOST_ROWS_BEFORE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the header row stands, and the index of each column: by number (from 1) for choices and targets."""

    line: int
    named: Mapping[Column, int]
    choices: Mapping[int, int] = field(default_factory=dict)
    targets: Mapping[int, int] = field(default_factory=dict)
    unknown: Mapping[int, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns it knows: of two readings of a file, the wider one is right."""
        return len(self.named) + len(self.choices) + len(self.targets)

    @property
    def is_our_own(self) -> bool:
        """A type column is ours: cells mean exactly what stands in them. Elsewhere outer space says nothing."""
        return Column.TYPE in self.named

    def has_text(self, cells: Sequence[str]) -> bool:
        """Whether a row says anything in a column that the header knows."""
        known = (*self.named.values(), *self.choices.values(), *self.targets.values())
        return any(cell_of(cells, index).strip() for index in known)


def cell_of(cells: Sequence[str], index: int | None) -> str:
    """The cell, or "" beyond the row's end."""
    return cells[index] if index is not None and index < len(cells) else ""


def header_of(line: int, cells: Sequence[str]) -> Header | None:
    """The header that this row is, or None. It has a question column and at least one that answers."""
    named: dict[Column, int] = {}
    choices: dict[int, int] = {}
    targets: dict[int, int] = {}
    unknown: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name = _REST.sub("", " ".join(cell.replace("_", " ").split()).casefold()).strip()
        if not name:
            continue
        numbered = _CHOICE.fullmatch(name)
        if numbered is not None:
            numbers = targets if numbered[1] in {"target", "match"} else choices
            numbers.setdefault(_number(numbered[2]), index)
        elif name in _NAMES:
            named.setdefault(_with_unit(_NAMES[name], cell), index)
        else:
            unknown[index] = cell
    if Column.PROMPT not in named or not (choices or {Column.CORRECT, Column.ACCEPTED} & named.keys()):
        return None
    return Header(line=line, named=named, choices=choices, targets=targets, unknown=unknown)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else ord(text) - ord("a") + 1


def _with_unit(column: Column, name: str) -> Column:
    return Column.TIME_MS if column is Column.TIME_S and "(ms)" in name.casefold() else column
