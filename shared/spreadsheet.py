"""Texts in cells that a spreadsheet would take for a formula. Both ways, without loss.

A text that begins with = + - @ or a tab, with or without ' before it, is written with one more ' in front: a
spreadsheet shows it and computes nothing (OWASP, "CSV Injection"). Reading takes that one away again.
"""

import re

# Full-width forms count for some spreadsheets in East Asian settings.
_DANGER = r"[=+\-@\t\r\n＝＋－＠]"
_DANGEROUS = re.compile(f"'*{_DANGER}")
_GUARDED = re.compile(f"'+{_DANGER}")


def guarded(cell: str) -> str:
    """The cell as it may stand in a CSV file."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
