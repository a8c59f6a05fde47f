"""Which exporter writes which format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from shared.domain.quiz import Question
from shared.exporters import csv_table, own_json
from shared.file_names import file_stem

_EXPORTERS: Mapping[str, Callable[[str, Sequence[Question]], bytes]] = MappingProxyType(
    {"json": own_json.write, "csv": csv_table.write}
)
FORMATS = tuple(_EXPORTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file: what to call it, and what is in it."""

    name: str
    content: bytes


def export_quiz(title: str, questions: Sequence[Question], *, format: str) -> Exported:
    """The quiz as a file that imports as the same quiz. Raises ValueError for a format not in FORMATS."""
    if format not in _EXPORTERS:
        raise ValueError(f"expected a format of {', '.join(FORMATS)}, got {format!r}")
    content = _EXPORTERS[format](title, questions)
    return Exported(name=f"{file_stem(title)}.{format}", content=content)
