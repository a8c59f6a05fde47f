"""What a file that we write is called."""

import re


def file_stem(title: str) -> str:
    """A file's name that every system takes: letters and digits of any script, other characters as one hyphen."""
    return re.sub(r"[^\w]+", "-", title).strip("-_")[:80] or "quiz"
