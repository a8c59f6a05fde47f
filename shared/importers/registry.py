"""Which importer reads which file. Knows them all; an importer knows none of the others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from shared.domain.quiz import MAX_QUESTIONS, MAX_TITLE
from shared.importers import gift, opentrivia, own_json
from shared.importers.decoding import decoded
from shared.importers.imported import Imported, Located, Problem, imported

MAX_BYTES = 4 * 1024 * 1024

# An importer gives a title of the file's own, or "", and what it found from top to bottom.
Importer = Callable[[str], tuple[str, list[Located | Problem]]]

_IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {"gift": gift.read, "opentrivia": opentrivia.read, "quizline": own_json.read}
)
FORMATS = tuple(_IMPORTERS)


def import_questions(text: bytes, *, name: str, format: str | None = None, strict: bool = False) -> Imported:
    """Read the question bank `text`, a file called `name`; its format is told by name and content unless given.

    Never raises for what the file says: what cannot be taken is a Problem by line, and the rest is taken. With
    `strict`, one question lost loses all. Raises ValueError for a format not in FORMATS.
    """
    if format is not None and format not in _IMPORTERS:
        raise ValueError(f"expected a format of {', '.join(FORMATS)}, got {format!r}")
    title = PurePath(name).stem or "quiz"
    content = _checked(text)
    if isinstance(content, Problem):
        return Imported(title=title[:MAX_TITLE], problems=(content,))
    own_title, found = _IMPORTERS[format or format_of(content, name=name)](content)
    result = imported((own_title or title)[:MAX_TITLE], _at_most(found))
    if strict and any(not problem.taken for problem in result.problems):
        return replace(result, questions=())
    return result


def format_of(text: str, *, name: str) -> str:
    """The format by the file's name, else by how its text begins: JSON has a bracket first, all else is GIFT."""
    suffix = PurePath(name).suffix.lower()
    bare = "".join(text[:1_000].split())
    if suffix == ".gift" or (suffix != ".json" and not bare.startswith(('{"', "[{", "{}", "[]"))):
        return "gift"
    return "opentrivia" if bare.startswith("[") else "quizline"


def _checked(content: bytes) -> str | Problem:
    if len(content) > MAX_BYTES:
        message = f"expected a file of at most {MAX_BYTES} bytes, got {len(content)}"
        return Problem(line=1, column=None, title=None, message=message)
    return decoded(content)


def _at_most(found: list[Located | Problem]) -> list[Located | Problem]:
    """A quiz holds so many questions; of a longer bank the first ones are taken."""
    kept: list[Located | Problem] = []
    taken = 0
    for item in found:
        taken += isinstance(item, Located)
        if taken > MAX_QUESTIONS and isinstance(item, Located):
            message = (
                f"expected at most {MAX_QUESTIONS} questions in a quiz; this one and all after it were left out"
            )
            return [*kept, Problem(line=item.line, column=item.column, title=item.title, message=message)]
        kept.append(item)
    return kept
