"""Bytes of a file to text: UTF-8 with or without a mark, UTF-16 with one; nothing else, and never by guess."""

import codecs

from shared.domain.reasons import Reason
from shared.importers import reasons
from shared.importers.imported import Problem

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ZIP = b"PK\x03\x04"


def decoded(content: bytes) -> str | Problem:
    """The text with line ends as LF, or what stands in the way, by line."""
    if content.startswith(_ZIP):
        return _problem(1, None, reasons.FILE_ARCHIVE())
    mark, encoding = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", "utf-8"))
    body = content[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, errors="replace")
        line, column = position(lf(before), len(lf(before)))
        got = body[error.start : error.start + 1].hex()
        reason = reasons.FILE_ENCODING(encoding=encoding.upper(), got=got, detail=error.reason)
        return _problem(line, column, reason)
    text = lf(text)
    if "\x00" in text:
        line, column = position(text, text.index("\x00"))
        return _problem(line, column, reasons.FILE_BINARY())
    return text


def lf(text: str) -> str:
    """CRLF and CR as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset into text whose lines end in LF."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _problem(line: int, column: int | None, message: Reason) -> Problem:
    return Problem(line=line, column=column, title=None, message=message)
