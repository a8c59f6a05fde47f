"""Several texts in one cell, and cells that a spreadsheet would take for a formula. Both ways, without loss.

A list: `|` between its texts; `\\|` and `\\\\` stand for the characters themselves.
A text that begins with = + - @ or a tab, with or without ' before it, is written with one more ' in front: a
spreadsheet shows it and computes nothing (OWASP, "CSV Injection"). Reading takes that one away again.
"""

import re
from collections.abc import Iterable

_PART = re.compile(r"(?:[^|\\]|\\.?)*", re.DOTALL)
_ESCAPE = re.compile(r"\\([|\\])")
# Full-width forms count for some spreadsheets in East Asian settings.
_DANGER = r"[=+\-@\t\r\n＝＋－＠]"
_DANGEROUS = re.compile(f"'*{_DANGER}")
_GUARDED = re.compile(f"'+{_DANGER}")


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


def guarded(cell: str) -> str:
    """The cell as it may stand in a CSV file."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
