"""A table of questions, one a row under a header row. Knows neither CSV nor spreadsheets: rows come in."""

from collections.abc import Iterable, Iterator, Sequence

from shared.importers import reasons
from shared.importers.imported import Located, Problem, asked_problems, short_title
from shared.importers.table_header import MOST_ROWS_BEFORE, Column, Header, cell_of, header_of
from shared.importers.table_row import NotTaken, Row, question_of

# Line from 1, and the texts of its cells.
Line = tuple[int, Sequence[str]]


def found_header(lines: Iterable[Line]) -> Header | None:
    """The first header among the first lines."""
    for number, (line, cells) in enumerate(lines):
        header = header_of(line, cells)
        if header is not None or number >= MOST_ROWS_BEFORE:
            return header
    return None


def read(header: Header, lines: Iterable[Line]) -> tuple[str, list[Located | Problem]]:
    """The quiz's title, if a column gives it, and all questions and problems below the header."""
    title = ""
    found: list[Located | Problem] = list(_unknown_columns(header))
    for line, cells in lines:
        if line <= header.line or not header.has_text(cells):
            continue
        title = title or cell_of(cells, header.named.get(Column.QUIZ_TITLE)).strip()
        found.extend(_read(header, line, cells))
    return title, found


def _unknown_columns(header: Header) -> Iterator[Problem]:
    for index, name in header.unknown.items():
        message = reasons.COLUMN_UNKNOWN(got=repr(name[:40]))
        yield Problem(line=header.line, column=index + 1, title=None, message=message, taken=True)


def _read(header: Header, line: int, cells: Sequence[str]) -> Iterator[Located | Problem]:
    row = Row(header, cells)
    title = short_title(row.text(Column.PROMPT))
    try:
        question = question_of(row)
    except NotTaken as reason:
        yield Problem(line=line, column=_column(reason.column), title=title, message=reason.message)
        return
    yield Located(question=question, line=line, title=title)
    if asked_problems(question):
        return  # named by whoever gathers them; what else there is to notice does not matter then
    for index, message in row.notices:
        yield Problem(line=line, column=_column(index), title=title, message=message, taken=True)


def _column(index: int | None) -> int | None:
    return None if index is None else index + 1
