"""What a file of results is written by: pieces in, bytes out, in order and each once."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from shared.results.csv_file import CsvFile
from shared.results.json_file import JsonFile
from shared.results.report import AnswerRow, Heading, PlayerRow
from shared.results.statistics import QuestionStatistics
from shared.results.xlsx_file import XlsxFile


class ResultsFile(Protocol):
    """Call begin once, answers for each question, end once; what each returns follows on what came before."""

    def begin(self, heading: Heading) -> bytes: ...

    def answers(self, rows: Sequence[AnswerRow]) -> bytes: ...

    def end(self, players: Sequence[PlayerRow], questions: Sequence[QuestionStatistics]) -> bytes: ...


FILES: Mapping[str, Callable[[], ResultsFile]] = MappingProxyType(
    {"json": JsonFile, "csv": CsvFile, "xlsx": XlsxFile}
)
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "json": "application/json",
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
