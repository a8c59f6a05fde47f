"""Spreadsheets for the tests, written by openpyxl; Kahoot's template among them."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

KAHOOT_HEADER = (
    None,
    "Question - max 120 characters",
    "Answer 1 - max 75 characters",
    "Answer 2 - max 75 characters",
    "Answer 3 - max 75 characters",
    "Answer 4 - max 75 characters",
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)
KAHOOT_PREAMBLE: tuple[tuple[Any, ...], ...] = (
    (None,),
    (None, "Quiz template"),
    (
        None,
        "Add questions, at least two answer alternatives, time limit and choose correct answers (at least one).",
    ),
    (None, "Remember: questions have a limit of 120 characters and answers can have 75 characters max."),
    (None, "See an example question below (don't forget to overwrite this with your first question!)"),
    (None, "And remember, if you're not using Excel you need to export to .xlsx format"),
    (None,),
)


def workbook(*sheets: Iterable[Sequence[Any]]) -> bytes:
    """An .xlsx of these sheets' rows."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def kahoot(*questions: Sequence[Any], numbered: int = 20) -> bytes:
    """The filled-in template: its data begin in row 9, and its first column is numbered far beyond them."""
    rows = [
        [number, *(questions[number - 1] if number <= len(questions) else ())] for number in range(1, numbered)
    ]
    return workbook([*KAHOOT_PREAMBLE, KAHOOT_HEADER, *rows])
