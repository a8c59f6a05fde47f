"""Every answer as CSV: one table, so without players who never answered; XLSX and JSON have those too."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from shared.results.columns import ANSWERS, answer_cells
from shared.results.report import AnswerRow, Heading, PlayerRow
from shared.results.statistics import QuestionStatistics
from shared.spreadsheet import guarded

_MARK = "\ufeff"  # Excel takes a file without it for one in the country's old encoding


class CsvFile:
    """UTF-8 with a mark, commas, texts in quotes, numbers bare. No text begins as a formula (spreadsheet.py)."""

    def begin(self, heading: Heading) -> bytes:
        return _MARK.encode() + _written([ANSWERS])

    def answers(self, rows: Sequence[AnswerRow]) -> bytes:
        return _written([answer_cells(row) for row in rows])

    def end(self, players: Sequence[PlayerRow], questions: Sequence[QuestionStatistics]) -> bytes:
        return b""


def _written(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(value)
        case None:
            return ""
        case _:
            return value
