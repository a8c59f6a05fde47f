"""Importer of CSV: a header row and a question a row. The delimiter is told by which one gives a header."""

import csv
import io
from collections.abc import Iterator

from shared.domain.reasons import Reason
from shared.importers import reasons, table
from shared.importers.imported import Located, Problem
from shared.importers.table_header import Header
from shared.spreadsheet import unguarded

DELIMITERS = (",", ";", "\t", "|")


def read(text: str) -> tuple[str, list[Located | Problem]]:
    """All questions and problems of the file; its title is in the column of that name."""
    told = _delimiter(text)
    if told is None:
        return "", [Problem(line=1, column=None, title=None, message=reasons.HEADER_MISSING())]
    header, delimiter = told
    faults: list[Problem] = []
    title, found = table.read(header, _lines(text, delimiter, faults))
    return title, sorted([*found, *faults], key=lambda item: item.line)


def looks_like(text: str) -> bool:
    """Whether the text begins as such a table."""
    return _delimiter(text) is not None


def _delimiter(text: str) -> tuple[Header, str] | None:
    """The widest header that any of the delimiters gives, and that delimiter."""
    found = []
    for delimiter in DELIMITERS:
        header = table.found_header(_lines(text, delimiter, []))
        if header is not None:
            found.append((header, delimiter))
    return max(found, key=lambda told: told[0].width, default=None)


def _lines(text: str, delimiter: str, faults: list[Problem]) -> Iterator[table.Line]:
    """Rows by the line that each begins on. What is no CSV goes to `faults`; reading goes on at the next line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(Problem(line=line, column=None, title=None, message=_fault(error)))
            continue
        yield line, [unguarded(cell) for cell in cells]


def _fault(error: csv.Error) -> Reason:
    message = str(error)
    if "unexpected end of data" in message:
        return reasons.CSV_UNCLOSED()
    if "expected after" in message:
        return reasons.CSV_AFTER_QUOTE()
    return reasons.CSV_ERROR(detail=message)
