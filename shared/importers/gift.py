"""Importer of GIFT, Moodle's text format for questions: from lines to grammar to what can be played."""

from collections.abc import Iterator

from shared.domain.reasons import Reason
from shared.importers.gift_blocks import Block, Category, blocks
from shared.importers.gift_grammar import GiftSyntaxError, Parsed, parsed
from shared.importers.gift_questions import NotPlayable, drafted
from shared.importers.gift_text import unescaped
from shared.importers.imported import Located, Problem, short_title


def read(text: str) -> tuple[str, list[Located | Problem]]:
    """All questions and problems of the file; its title is the last part of its category, if it names one only."""
    parts = list(blocks(text))
    categories = {part.name for part in parts if isinstance(part, Category)}
    found = [item for part in parts if isinstance(part, Block) for item in _read(part)]
    return _title(categories), found


def _title(categories: set[str]) -> str:
    if len(categories) != 1:
        return ""
    return categories.pop().rstrip("/").rpartition("/")[2].strip()


def _read(block: Block) -> Iterator[Located | Problem]:
    try:
        question = parsed(block.text)
    except GiftSyntaxError as error:
        yield _problem(block, error.at, short_title(block.text), error.message)
        return
    title = _name(block, question)
    start = question.stem.at if question.stem else 0
    try:
        played, notices = drafted(question)
    except NotPlayable as reason:
        at = start if reason.at is None else reason.at
        yield _problem(block, at, title, reason.message)
        return
    line, column = block.position(start)
    yield Located(question=played, line=line, column=column, title=title)
    for at, message in notices:
        yield _problem(block, at, title, message, taken=True)


def _name(block: Block, question: Parsed) -> str | None:
    """What to find the question by: its title, its id, or how its text begins."""
    if question.title and question.title.strip():
        return short_title(unescaped(question.title))
    return block.id or short_title(unescaped(question.stem.raw) if question.stem else block.text)


def _problem(block: Block, at: int, title: str | None, message: Reason, *, taken: bool = False) -> Problem:
    line, column = block.position(at)
    return Problem(line=line, column=column, title=title, message=message, taken=taken)
