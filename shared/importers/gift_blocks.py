"""A GIFT file cut into its parts: blank lines separate questions, lines that begin with // are comments.

Knows lines, not grammar: every block remembers the line that each of its own came from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CATEGORY = "$CATEGORY:"
_ID = re.compile(r"\[id:([^\x00-\x1f\x7f]+?)(?<!\\)\]")
_TAG = re.compile(r"\[tag:([^\x00-\x1f\x7f]+?)(?<!\\)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One question's text without its comments. `id` and `tags` stood in the comments."""

    text: str
    lines: tuple[int, ...]
    id: str | None = None
    tags: tuple[str, ...] = ()

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, from 1, of an offset into `text`; its end is the end of the last line."""
        row = self.text.count("\n", 0, offset)
        return self.lines[row], offset - (self.text.rfind("\n", 0, offset) + 1) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Where the questions after it belong in their author's question bank. Quizline has no such place."""

    name: str
    line: int


def blocks(text: str) -> Iterator[Block | Category]:
    """The blocks and categories of a file whose lines end in LF, in order."""
    comments: list[str] = []
    kept: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip(" \t")
        if bare.startswith("//"):
            comments.append(bare)
        elif not kept and bare.startswith(CATEGORY):
            yield Category(name=bare[len(CATEGORY) :].strip(), line=number)
            comments = []
        elif bare:
            kept.append((number, line))
        elif kept:
            yield _block(kept, comments)
            kept, comments = [], []


def _block(kept: list[tuple[int, str]], comments: list[str]) -> Block:
    ids = [_unescaped(found) for comment in comments for found in _ID.findall(comment)]
    tags = [_unescaped(found) for comment in comments for found in _TAG.findall(comment)]
    return Block(
        text="\n".join(line for _, line in kept),
        lines=tuple(number for number, _ in kept),
        id=ids[-1] if ids else None,
        tags=tuple(tags),
    )


def _unescaped(text: str) -> str:
    return text.strip().replace("\\]", "]")
