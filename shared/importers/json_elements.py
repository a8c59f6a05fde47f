"""Where the values of a JSON text stand, and as many of them as can be read when one is broken.

The standard library's decoder reads the values; this module only steps over what separates them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from json import JSONDecodeError, JSONDecoder

from shared.domain.reasons import Reason
from shared.importers import reasons

_DECODER = JSONDecoder(strict=False)  # tabs and line ends within strings are common in banks kept by hand
_SPACE = re.compile(r"[ \t\n\r]*")
_NEXT_OBJECT = re.compile(r"\n[ \t]*(?=\{)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A value, and from where to where it stands in the text."""

    offset: int
    end: int
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is no JSON at `offset`: expected and got. `between`: it stands between two elements, not in one."""

    offset: int
    message: Reason
    between: bool = False


def array(text: str, start: int = 0) -> Iterator[Element | Fault]:
    """The elements of the array at `start`. After a fault it goes on at the next line that begins an object.

    A comma after the last element is passed over: hands leave it there.
    """
    if not _is_at(text, start, "["):
        yield replace(_expected("'['", text, start), between=True)
        return
    at = _skip(text, start + 1)
    while not _is_at(text, at, "]"):
        item = value(text, at)
        yield item
        if isinstance(item, Element):
            at, after = item.end, _skip(text, item.end)
            if _is_at(text, after, "]"):
                return
            if _is_at(text, after, ","):
                at = _skip(text, after + 1)
                continue
            yield replace(_expected("',' or ']'", text, after), between=True)
        resumed = _NEXT_OBJECT.search(text, at)
        if resumed is None:
            return
        at = resumed.end()


def members(text: str, start: int = 0) -> Iterator[tuple[str, int, Element | Fault]]:
    """Name, offset and value of the members of the object at `start`, until a fault; its name is "" if unread."""
    if not _is_at(text, start, "{"):
        yield "", start, _expected("'{'", text, start)
        return
    at = _skip(text, start + 1)
    while not _is_at(text, at, "}"):
        name = value(text, at)
        if not isinstance(name, Element) or not isinstance(name.value, str):
            yield "", at, _expected("a name in double quotes", text, at)
            return
        colon = _skip(text, name.end)
        if not _is_at(text, colon, ":"):
            yield "", colon, _expected("':'", text, colon)
            return
        at = _skip(text, colon + 1)
        item = value(text, at)
        yield name.value, at, item
        if isinstance(item, Fault):
            return
        at = _skip(text, item.end)
        if _is_at(text, at, ","):
            at = _skip(text, at + 1)
        elif not _is_at(text, at, "}"):
            yield "", at, _expected("',' or '}'", text, at)
            return


def value(text: str, offset: int) -> Element | Fault:
    """The value that begins at `offset`."""
    try:
        found, end = _DECODER.raw_decode(text, offset)
    except JSONDecodeError as error:
        if error.msg.startswith("Expecting "):
            return _expected(error.msg.removeprefix("Expecting ").removesuffix(" delimiter"), text, error.pos)
        return Fault(offset=error.pos, message=reasons.JSON_ERROR(detail=error.msg))
    except (RecursionError, ValueError):
        return Fault(offset=offset, message=reasons.JSON_SIZE())
    return Element(offset=offset, end=end, value=found)


def first(text: str) -> int:
    """The offset of the first character that is not white space."""
    return _skip(text, 0)


def _skip(text: str, offset: int) -> int:
    matched = _SPACE.match(text, offset)
    return matched.end() if matched else offset


def _is_at(text: str, offset: int, char: str) -> bool:
    return text[offset : offset + 1] == char


def _expected(what: str, text: str, offset: int) -> Fault:
    if offset >= len(text):
        return Fault(offset=offset, message=reasons.JSON_END(expected=what))
    return Fault(offset=offset, message=reasons.JSON_SYNTAX(expected=what, got=repr(text[offset])))
