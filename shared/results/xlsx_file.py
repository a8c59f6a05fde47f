"""A workbook with a sheet of answers, one of players and one of questions, streamed as it grows.

Written here and not by openpyxl, which keeps a whole sheet in a temporary file (the gateway's file system is
read-only) and takes ten times as long: docs/decisions says by how much. A test reads it with openpyxl.
"""

import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

from shared.results import xlsx_parts
from shared.results.columns import ANSWERS, PLAYERS, QUESTIONS, answer_cells, player_cells, question_cells
from shared.results.report import AnswerRow, Heading, PlayerRow
from shared.results.statistics import QuestionStatistics

MOST_ROWS = 1_048_576
_QUICK = 1


class XlsxFile:
    """A sheet of answers that is full goes on in another one."""

    def __init__(self, *, most_rows: int = MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._sink = _Sink()
        self._archive = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK)
        self._names: list[str] = []
        self._sheet: IO[bytes] | None = None
        self._row = 0

    def begin(self, heading: Heading) -> bytes:
        self._part("[Content_Types].xml", xlsx_parts.CONTENT_TYPES)
        self._part("_rels/.rels", xlsx_parts.ROOT_RELATIONS)
        self._open_sheet("Answers", ANSWERS)
        return self._sink.taken()

    def answers(self, rows: Sequence[AnswerRow]) -> bytes:
        cells = [answer_cells(row) for row in rows]
        while cells:
            room = self._most_rows - self._row
            self._write(cells[:room])
            cells = cells[room:]
            if cells:
                self._open_sheet(f"Answers {len(self._names) + 1}", ANSWERS)
        return self._sink.taken()

    def end(self, players: Sequence[PlayerRow], questions: Sequence[QuestionStatistics]) -> bytes:
        self._open_sheet("Players", PLAYERS)
        self._write(player_cells(player) for player in players)
        self._open_sheet("Questions", QUESTIONS)
        self._write(question_cells(question) for question in questions)
        self._close_sheet()
        self._part("xl/workbook.xml", xlsx_parts.workbook(self._names))
        self._part("xl/_rels/workbook.xml.rels", xlsx_parts.workbook_relations(len(self._names)))
        self._part("xl/styles.xml", xlsx_parts.STYLES)
        self._archive.close()
        return self._sink.taken()

    def _open_sheet(self, name: str, header: Sequence[str]) -> None:
        self._close_sheet()
        self._names.append(name)
        self._sheet = self._archive.open(f"xl/worksheets/sheet{len(self._names)}.xml", "w")
        self._row = 1
        self._sheet.write((xlsx_parts.SHEET_START + xlsx_parts.row(1, header, bold=True)).encode())

    def _write(self, rows: Iterable[Sequence[Any]]) -> None:
        assert self._sheet is not None
        written = []
        for cells in rows:
            self._row += 1
            written.append(xlsx_parts.row(self._row, cells))
        self._sheet.write("".join(written).encode())

    def _close_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.write(xlsx_parts.SHEET_END.encode())
            self._sheet.close()
            self._sheet = None

    def _part(self, name: str, content: str) -> None:
        with self._archive.open(name, "w") as part:
            part.write(content.encode())


class _Sink:
    """What the archive writes, until it is taken. Without tell and seek: the archive then never looks back."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, content: bytes, /) -> int:
        self._written.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        content = b"".join(self._written)
        self._written.clear()
        return content
