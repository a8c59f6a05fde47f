"""Importer of Kahoot's spreadsheet (.xlsx), and of any other sheet with such a header row.

Bounded before it is opened: a workbook is a ZIP archive of XML, and a small one can hold gigabytes. openpyxl
reads it row by row, its XML through defusedxml (no entities); no formula is computed.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from shared.domain.reasons import Reason
from shared.importers import reasons, table
from shared.importers.imported import Located, Problem

MAGIC = b"PK\x03\x04"
# A sheet of 500 questions is 200 KB of XML.
MOST_PART_BYTES = 4 * 1024 * 1024
MOST_XML_BYTES = 12 * 1024 * 1024
MOST_PARTS = 500
# 400 bytes of objects for each that openpyxl makes a cell of; a template with 1,000 styled rows has 30,000.
MOST_TAGS = 200_000
MOST_ROWS = 5_000
MOST_COLUMNS = 64


class _NoWorkbook(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read(content: bytes) -> tuple[str, list[Located | Problem]]:
    """All questions and problems of the first sheet that has a header row. It has no title."""
    try:
        _check_size(content)
        sheets = _sheets(content)
    except _NoWorkbook as fault:
        return "", [Problem(line=1, column=None, title=None, message=fault.reason)]
    for lines in sheets:
        header = table.found_header(lines)
        if header is not None:
            return table.read(header, lines)
    return "", [Problem(line=1, column=None, title=None, message=reasons.HEADER_MISSING())]


def _check_size(content: bytes) -> None:
    """By the sizes that the archive declares: no more than that is ever unpacked of a part. Then by its tags."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
            _check_declared(parts, len(archive.infolist()))
            tags = max(archive.read(part).count(b"<") for part in parts)
    except _NoWorkbook:
        raise
    except Exception as error:
        raise _NoWorkbook(reasons.SHEET_BROKEN(detail=str(error))) from error
    if tags > MOST_TAGS:
        raise _NoWorkbook(reasons.SHEET_TAGS(most=MOST_TAGS, got=tags))


def _check_declared(parts: list[zipfile.ZipInfo], count: int) -> None:
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise _NoWorkbook(reasons.SHEET_OTHER())
    sizes = [part.file_size for part in parts]
    if count > MOST_PARTS or max(sizes) > MOST_PART_BYTES or sum(sizes) > MOST_XML_BYTES:
        raise _NoWorkbook(
            reasons.SHEET_SIZE(most=MOST_XML_BYTES, most_part=MOST_PART_BYTES, got=sum(sizes), got_part=max(sizes))
        )


def _sheets(content: bytes) -> list[list[table.Line]]:
    """The rows of every sheet that is read: bounded by what _check_size lets through."""
    try:
        # Others' workbooks have extensions and styles that openpyxl warns of: they say nothing about questions.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _opened(content)
    except _NoWorkbook:
        raise
    # openpyxl raises whatever its parsing ran into: KeyError, TypeError, ParseError, EntitiesForbidden, …
    except Exception as error:
        raise _NoWorkbook(reasons.SHEET_UNREADABLE(detail=f"{error!r:.200}")) from error


def _opened(content: bytes) -> list[list[table.Line]]:
    import openpyxl  # 150 ms: only who imports a spreadsheet waits for it

    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        return [list(_lines(sheet)) for sheet in workbook.worksheets]
    finally:
        workbook.close()


def _lines(sheet: Any) -> Iterator[table.Line]:
    """Never by the dimension that the sheet declares, nor further than a quiz can reach."""
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
    for line, cells in enumerate(rows, start=1):
        if line > MOST_ROWS and any(cell is not None for cell in cells):
            raise _NoWorkbook(reasons.SHEET_ROWS(most=MOST_ROWS))
        if any(cell is not None for cell in cells):
            yield line, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """A cell's value as it would be typed: 1980, not 1980.0."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell).replace("_x000D_", "")  # a carriage return, as workbooks write it
