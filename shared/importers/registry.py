"""Which importer reads which file. Knows them all; an importer knows none of the others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from shared.domain.quiz import MAX_QUESTIONS, MAX_TITLE
from shared.domain.reasons import Reason
from shared.importers import csv_table, gift, kahoot, opentrivia, own_json, reasons
from shared.importers.decoding import decoded
from shared.importers.imported import Imported, Located, Problem, imported

MAX_BYTES = 4 * 1024 * 1024
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# An importer gives a title of the file's own, or "", and what it found from top to bottom.
Found = tuple[str, list[Located | Problem]]
Importer = Callable[[str], Found]

_IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {"gift": gift.read, "opentrivia": opentrivia.read, "quizline": own_json.read, "csv": csv_table.read}
)
KAHOOT = "kahoot"
FORMATS = (*_IMPORTERS, KAHOOT)


def import_questions(text: bytes, *, name: str, format: str | None = None, strict: bool = False) -> Imported:
    """Read the question bank `text`, a file called `name`; its format is told by name and content unless given.

    Never raises for what the file says: what cannot be taken is a Problem by line, and the rest is taken. With
    `strict`, one question lost loses all. Raises ValueError for a format not in FORMATS.
    """
    if format is not None and format not in FORMATS:
        raise ValueError(f"expected a format of {', '.join(FORMATS)}, got {format!r}")
    title = PurePath(name).stem or "quiz"
    own_title, found = _read(text, name=name, format=format)
    result = imported((own_title or title)[:MAX_TITLE], _at_most(found))
    if strict and any(not problem.taken for problem in result.problems):
        return replace(result, questions=())
    return result


def format_of(text: str, *, name: str) -> str:
    """The format by the file's name, else by how its text begins: JSON has a bracket first, a table a header row;
    all else is GIFT."""
    suffix = PurePath(name).suffix.lower()
    bare = "".join(text[:1_000].split())
    if suffix == ".gift":
        return "gift"
    if suffix == ".json" or bare.startswith(('{"', "[{", "{}", "[]")):
        return "opentrivia" if bare.startswith("[") else "quizline"
    return "csv" if suffix in {".csv", ".tsv"} or csv_table.looks_like(text) else "gift"


def _read(content: bytes, *, name: str, format: str | None) -> Found:
    if len(content) > MAX_BYTES:
        return _refused(reasons.FILE_SIZE(most=MAX_BYTES, got=len(content)))
    if content.startswith(_OLD_EXCEL):
        return _refused(reasons.FILE_OLD_EXCEL())
    if format == KAHOOT or (format is None and content.startswith(kahoot.MAGIC)):
        return kahoot.read(content)
    text = decoded(content)
    if isinstance(text, Problem):
        return "", [text]
    return _IMPORTERS[format or format_of(text, name=name)](text)


def _refused(message: Reason) -> Found:
    return "", [Problem(line=1, column=None, title=None, message=message)]


def _at_most(found: list[Located | Problem]) -> list[Located | Problem]:
    """A quiz holds so many questions; of a longer bank the first ones are taken."""
    kept: list[Located | Problem] = []
    taken = 0
    for item in found:
        taken += isinstance(item, Located)
        if taken > MAX_QUESTIONS and isinstance(item, Located):
            message = reasons.QUESTIONS_TOO_MANY(most=MAX_QUESTIONS)
            return [*kept, Problem(line=item.line, column=item.column, title=item.title, message=message)]
        kept.append(item)
    return kept
