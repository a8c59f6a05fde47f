"""Text of a GIFT file to plain text: escapes, then the format it is written in."""

import re

from shared.importers import plain_text
from shared.importers.gift_grammar import Rich
from shared.importers.plain_text import PlainText

# Pictures may stand in the text as base64, but what is longer than this is no question.
MAX_RAW = 50_000
DEFAULT_FORMAT = "moodle"

_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_SPACE = " \t\n"


def unescaped(text: str) -> str:
    """Control characters without their backslash, and a line end for \\n."""
    return _ESCAPE.sub(lambda match: "\n" if match.group(1) == "n" else match.group(1), text)


def source(rich: Rich, *, default: str) -> tuple[str, str]:
    """Format and text as its author meant it: unescaped, and white space folded where it has no meaning."""
    format = rich.format or default
    text = rich.raw.strip(_SPACE)
    if format in {"moodle", "plain"}:
        text = re.sub(r"\s\s+", " ", text.replace("\n", " "))
    return format, unescaped(text)


def plain(rich: Rich, *, default: str) -> PlainText:
    """The text without its markup."""
    format, text = source(rich, default=default)
    match format:
        case "html":
            return plain_text.of_html(text)
        case "markdown":
            return plain_text.of_markdown(text)
        case "plain":
            return PlainText(text)
        case _:
            return plain_text.of_moodle(text)
