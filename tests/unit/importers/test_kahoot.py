"""Kahoot's spreadsheet: what it becomes, and what a hostile or broken one cannot do."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.quiz import Question, QuestionType
from shared.importers.imported import Imported
from shared.importers.kahoot import MOST_PART_BYTES, MOST_ROWS
from shared.importers.registry import import_questions
from tests.unit.importers.sheets import KAHOOT_HEADER, kahoot, workbook
from tests.unit.importers.test_anything import check_sane

OCEAN = ("Which is the largest ocean?", "Atlantic", "Pacific", None, None, 20, 2)


def take(content: bytes) -> Imported:
    return import_questions(content, name="bank.xlsx")


def told(found: Imported) -> list[tuple[int, int | None, str]]:
    return [(problem.line, problem.column, problem.message) for problem in found.problems]


def test_kahoot_template_is_taken_with_time_and_right_answers() -> None:
    """The template as Kahoot gives it: a preamble, the header in row 8, numbers down the first column."""
    found = take(kahoot(OCEAN, ("Primes?", "2", 3, "4", 9.0, "60", "1,2")))
    assert found.title == "bank"
    assert found.questions == (
        Question(
            type=QuestionType.SINGLE, prompt=OCEAN[0], choices=("Atlantic", "Pacific"), correct=(1,), points=1_000
        ),
        Question(
            type=QuestionType.MULTIPLE,
            prompt="Primes?",
            choices=("2", "3", "4", "9"),
            correct=(0, 1),
            time_limit_ms=60_000,
        ),
    )
    assert told(found) == [(10, 8, "more than one answer is right: players must pick all of them")]
    assert found.problems[0].taken


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (
            ("Q?", "a", "b", None, None, 20, None),
            8,
            "expected at least one of 1 to 2, got none in column 'correct'",
        ),
        (
            ("Q?", "a", "b", None, None, 20, 3),
            8,
            "expected numbers of answers among 1, 2, got 3 in column 'correct'",
        ),
        (("Q?", "a", "b", None, None, 20, "x y"), 8, "expected numbers of answers (1,3), got 'x y' in column"),
        (("Q?", "a", "b", None, None, "soon", 1), 7, "expected a number, got 'soon' in column 'time limit (s)'"),
        (("Q?", "a", "b", None, None, "1e99", 1), 7, "expected a sensible number, got"),
        (("Q?", "a", None, None, None, 20, 1), None, "expected 2 to 10 choices for type single, got 1"),
        ((None, "a", "b", None, None, 20, 1), None, "expected a prompt, got an empty one"),
        (("Q?", "a", "b", None, None, 0, 1), None, "expected a time limit of 1000 to 600000 ms, got 0"),
        (
            ("Q?", "a", "b", None, None, 20, datetime(2026, 3, 1)),
            8,
            "expected numbers of answers (1,3), got '2026",
        ),
    ],
)
def test_kahoot_row_that_cannot_be_taken_is_named_and_the_rest_taken(
    row: tuple[object, ...], column: int | None, message: str
) -> None:
    """By its row and, where one cell is the reason, by its column."""
    found = take(kahoot(OCEAN, row, OCEAN))
    assert len(found.questions) == 2
    ((line, at, text),) = told(found)
    assert (line, at) == (10, column)
    assert text.startswith(message)


@pytest.mark.parametrize(
    ("correct", "indexes"), [("2,1", (1, 0)), (1.3, (0, 2)), ("A; C", (0, 2)), ("1 & 3", None)]
)
def test_kahoot_correct_answers_in_other_spellings(correct: object, indexes: tuple[int, ...] | None) -> None:
    """A decimal comma makes a number of "1,3"; letters name answers too."""
    found = take(kahoot(("Q?", "a1", "b1", "c1", None, 20, correct)))
    assert [question.correct for question in found.questions] == ([] if indexes is None else [indexes])


def test_kahoot_answers_right_text_and_gaps_between_answers() -> None:
    """The number is the column's, an empty column between counts; the text itself names an answer as well."""
    found = take(kahoot(("Q?", "a", None, "Paris", None, 20, 3), ("Q?", "a", "Paris", None, None, 20, "paris")))
    assert [(question.choices, question.correct) for question in found.questions] == [(("a", "Paris"), (1,))] * 2


def test_kahoot_header_is_found_on_any_sheet() -> None:
    """A cover sheet before the questions is passed over."""
    assert len(take(workbook([("Cover",)], [KAHOOT_HEADER, (None, *OCEAN)])).questions) == 1


def test_kahoot_formula_counts_by_its_stored_value_only() -> None:
    """Nothing is computed: a formula without a stored value is an empty cell."""
    found = take(kahoot(("=1+1", "a", "b", None, None, 20, 1)))
    assert told(found) == [(9, None, "expected a prompt, got an empty one")]


def test_kahoot_workbook_without_header_says_what_was_expected() -> None:
    """There is nothing to guess by."""
    found = take(workbook([("a", "b"), ("c", "d")]))
    assert told(found)[0][2].startswith("expected a header row with Question, Answer 1")


def test_kahoot_extra_column_is_named_once() -> None:
    """What a question has no place for is passed over, with a warning at the header."""
    found = take(workbook([(*KAHOOT_HEADER, "Explanation"), (1, *OCEAN, "because"), (2, *OCEAN, "because")]))
    assert len(found.questions) == 2
    assert told(found) == [(1, 9, "expected a column that a question has, got 'Explanation'")]


def _repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(kahoot(OCEAN))) as book,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in book.namelist():
            new.writestr(part, change(part, book.read(part)))
    return out.getvalue()


def _sheet(inner: bytes) -> bytes:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return _repacked(
        lambda name, content: start + inner + b"</sheetData></worksheet>" if "sheet1.xml" in name else content
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda: _sheet(b" " * (MOST_PART_BYTES + 1)), "expected a spreadsheet of at most"),
        (
            lambda: _sheet(b"<row>" + b"<c/>" * 300_000 + b"</row>"),
            "expected a spreadsheet with at most 200000 tags",
        ),
        (
            lambda: _sheet(b"<row/>" * (MOST_ROWS + 10) + b'<row><c t="b"><v>1</v></c></row>'),
            "expected a header row",
        ),
        (lambda: _sheet(b'<row r="99999999999"><c r="A99999999999"/></row>'), "expected a header row"),
        (lambda: _sheet(b'<row r="1"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>'), "expected a"),
        (lambda: _sheet(b"<row><c>"), "expected an .xlsx spreadsheet, got one that cannot be read"),
        (
            lambda: _repacked(
                lambda name, content: (
                    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' if "workbook.xml" in name else content
                )
            ),
            "expected an .xlsx spreadsheet, got one that cannot be read",
        ),
        (lambda: kahoot(OCEAN)[:-200], "expected an .xlsx spreadsheet, got a broken ZIP archive"),
        (lambda: b"PK\x03\x04", "expected an .xlsx spreadsheet, got a broken ZIP archive"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "expected an .xlsx spreadsheet, got one of the old form"),
    ],
    ids=["large", "cells", "rows", "far row", "far column", "cut XML", "entities", "cut", "no archive", "old"],
)
def test_kahoot_hostile_or_broken_workbook_is_refused_with_its_reason(
    content: Callable[[], bytes], message: str
) -> None:
    """Nothing is unpacked beyond its bounds, and no entity is resolved."""
    found = take(content())
    assert found.questions == ()
    assert found.problems[0].message.startswith(message)


def test_kahoot_archive_of_something_else_is_refused() -> None:
    """A ZIP archive alone is no spreadsheet."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert told(take(content.getvalue()))[0][2].endswith("got a ZIP archive of something else")


WORKBOOK = kahoot(OCEAN)


@settings(max_examples=60)
@given(st.data())
def test_kahoot_workbook_with_any_byte_changed_is_sane(data: st.DataObject) -> None:
    """Whatever openpyxl stumbles over becomes a problem."""
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    check_sane(take(bytes(content)))
