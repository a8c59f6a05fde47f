"""Several texts in one cell, both ways without loss: `|` between them; `\\|` and `\\\\` stand for those signs."""

import re
from collections.abc import Iterable

_PART = re.compile(r"(?:[^|\\]|\\.?)*", re.DOTALL)
_ESCAPE = re.compile(r"\\([|\\])")


def joined_list(texts: Iterable[str]) -> str:
    return "|".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def split_list(cell: str) -> tuple[str, ...]:
    """The texts of a cell; none for an empty cell. A backslash before anything else is a backslash."""
    if not cell:
        return ()
    texts, at = [], 0
    while True:
        part = _PART.match(cell, at)
        assert part is not None  # it matches the empty text
        texts.append(_ESCAPE.sub(r"\1", part.group()))
        if part.end() >= len(cell):
            return tuple(texts)
        at = part.end() + 1
