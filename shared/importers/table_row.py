"""One row of a table of questions as a Question. Says by column what it cannot take."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from shared.domain.quiz import CHOICE_TYPES, Question, QuestionType, decimal_of
from shared.domain.reasons import Reason
from shared.importers import reasons
from shared.importers.table_header import Column, Header, cell_of
from shared.importers.table_lists import split_list

TRUE_FALSE = ("True", "False")
# What others call our types; None: told by how many answers are right.
_OTHER_NAMES: Mapping[str, QuestionType | None] = MappingProxyType(
    {
        "": None,
        "quiz": None,
        "multiple choice": None,
        "single choice": QuestionType.SINGLE,
        "checkbox": QuestionType.MULTIPLE,
        "multiple select": QuestionType.MULTIPLE,
        "true or false": QuestionType.TRUE_FALSE,
        "true/false": QuestionType.TRUE_FALSE,
        "open ended": QuestionType.TEXT,
        "fill in the blank": QuestionType.TEXT,
        "short answer": QuestionType.TEXT,
        "type answer": QuestionType.TEXT,
        "puzzle": QuestionType.ORDER,
        "survey": QuestionType.POLL,
    }
)
_SEPARATORS = re.compile(r"[,;|./\s]+")


class NotTaken(Exception):
    """The row's question cannot be asked. `column` is the index of the cell that is the reason, if one is."""

    def __init__(self, message: Reason, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


@dataclass(slots=True)
class Row:
    """The cells of one row under their header, and what was noticed on the way."""

    header: Header
    cells: Sequence[str]
    notices: list[tuple[int | None, Reason]] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """A cell by name: as it stands in a file of our own, else without outer space."""
        return self._cell(self.header.named.get(column))

    def listed(self, columns: Mapping[int, int]) -> tuple[dict[int, int], tuple[str, ...]]:
        """The texts that stand in numbered columns, and the index among them that each number has."""
        texts = {number: self._cell(columns[number]) for number in sorted(columns)}
        kept = [number for number, text in texts.items() if text.strip()]
        return {number: index for index, number in enumerate(kept)}, tuple(texts[number] for number in kept)

    def refused(self, column: Column, reason: Reason) -> NotTaken:
        return NotTaken(reason.at(f"in column {column.value!r}"), self.header.named.get(column))

    def _cell(self, index: int | None) -> str:
        text = cell_of(self.cells, index)
        return text if self.header.is_our_own else text.strip()


def question_of(row: Row) -> Question:
    """The question, whose own rules are not yet checked. Raises NotTaken."""
    kind = _type(row)
    keys: dict[str, Any] = {"prompt": row.text(Column.PROMPT), "image_url": row.text(Column.IMAGE_URL)}
    keys |= _time_limit(row) | _points(row)
    _, choices = row.listed(row.header.choices)
    if kind is None and not choices:
        kind = QuestionType.TEXT
    if kind is not None and kind not in CHOICE_TYPES:
        return Question(type=kind, **keys, **_typed(row, kind))
    return _choosing(row, kind, keys)


def _type(row: Row) -> QuestionType | None:
    name = " ".join(row.text(Column.TYPE).casefold().replace("_", " ").replace("-", " ").split())
    if name.replace(" ", "_") in set(QuestionType):
        return QuestionType(name.replace(" ", "_"))
    if name not in _OTHER_NAMES:
        known = ", ".join(QuestionType)
        raise row.refused(Column.TYPE, reasons.CELL_TYPE(known=known, got=repr(row.text(Column.TYPE)[:40])))
    return _OTHER_NAMES[name]


def _choosing(row: Row, kind: QuestionType | None, keys: dict[str, Any]) -> Question:
    positions, choices = row.listed(row.header.choices)
    target_positions, targets = row.listed(row.header.targets)
    if kind is QuestionType.MATCH or (kind is None and targets):
        correct = _correct(row, target_positions, targets) or tuple(range(len(choices)))
        return Question(type=QuestionType.MATCH, choices=choices, targets=targets, correct=correct, **keys)
    if kind is QuestionType.TRUE_FALSE and not choices:
        positions, choices = {1: 0, 2: 1}, TRUE_FALSE
    correct = _correct(row, positions, choices)
    if kind is QuestionType.ORDER and not correct:
        correct = tuple(range(len(choices)))
    if kind is None:
        kind = QuestionType.SINGLE if len(correct) == 1 else QuestionType.MULTIPLE
        if not correct:
            raise row.refused(Column.CORRECT, reasons.CELL_CORRECT_MISSING(most=len(choices)))
        if len(correct) > 1:
            place = row.header.named.get(Column.CORRECT)
            row.notices.append((place, reasons.SEVERAL_RIGHT()))
    return Question(type=kind, choices=choices, correct=correct, **keys)


def _correct(row: Row, positions: Mapping[int, int], texts: Sequence[str]) -> tuple[int, ...]:
    """Indexes of what the correct column names: by number, by letter, or by the very text."""
    cell = row.text(Column.CORRECT).strip()
    if not cell:
        return ()
    words = [word for word in _SEPARATORS.split(cell) if word]
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= 2]
    if len(numbers) < len(words):
        same = [index for index, text in enumerate(texts) if text.strip().casefold() == cell.casefold()]
        if same:
            return (same[0],)
        numbers = [ord(word.casefold()) - ord("a") + 1 for word in words if re.fullmatch("[A-Ja-j]", word)]
    if len(numbers) < len(words):
        raise row.refused(Column.CORRECT, reasons.CELL_CORRECT_FORM(got=repr(cell[:40])))
    unknown = [number for number in numbers if number not in positions]
    if unknown:
        among = ", ".join(str(number) for number in positions) or "none"
        raise row.refused(Column.CORRECT, reasons.CELL_CORRECT_AMONG(among=among, got=unknown[0]))
    return tuple(positions[number] for number in numbers)


def _typed(row: Row, kind: QuestionType) -> dict[str, Any]:
    column = Column.ACCEPTED if row.text(Column.ACCEPTED).strip() else Column.CORRECT
    cell = row.text(column)
    accepted = (cell,) if kind is QuestionType.NUMBER else split_list(cell)
    if not accepted or not accepted[0].strip():
        raise row.refused(Column.ACCEPTED, reasons.CELL_ACCEPTED_MISSING())
    tolerance = row.text(Column.TOLERANCE)
    if tolerance.strip() and kind is QuestionType.NUMBER:
        return {"accepted": accepted, "tolerance": tolerance}
    return {"accepted": accepted}


def _time_limit(row: Row) -> dict[str, int]:
    for column, unit_ms in ((Column.TIME_S, 1_000), (Column.TIME_MS, 1)):
        cell = row.text(column).strip()
        if not cell:
            continue
        amount = decimal_of(cell)
        if amount is None:
            raise row.refused(column, reasons.CELL_NUMBER(got=repr(cell[:40])))
        return {"time_limit_ms": _whole(row, column, amount * unit_ms)}
    return {}


def _points(row: Row) -> dict[str, int]:
    cell = row.text(Column.POINTS).strip()
    if not cell:
        return {}
    amount = decimal_of(cell)
    if amount is None:
        raise row.refused(Column.POINTS, reasons.CELL_NUMBER(got=repr(cell[:40])))
    return {"points": _whole(row, Column.POINTS, amount)}


def _whole(row: Row, column: Column, amount: Decimal) -> int:
    if amount != amount.to_integral_value() or abs(amount) >= 1_000_000_000:
        raise row.refused(column, reasons.CELL_NUMBER_SIZE(got=str(amount)))
    return int(amount)
