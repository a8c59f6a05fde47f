"""Marked-up text to the plain text that a question shows. Refuses to keep any markup: no tag reaches a page.

HTML is read by the standard library's tokenizer, Markdown rendered by markdown-it and then read the same way.
"""

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from markdown_it import MarkdownIt

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "td", "th", "tt", "u",
    "var",
})
# fmt: on
_VOID = frozenset({"br", "hr", "img", "wbr"})
_HIDDEN = frozenset({"script", "style", "template", "title"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_LONE = re.compile(r"<(?=[^<>]*(?:<|\Z)|!\[)")


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text, and the addresses of the pictures that stood in it."""

    text: str
    images: tuple[str, ...] = ()


def of_html(source: str) -> PlainText:
    """HTML as text: blocks on lines of their own, list items with a dash, entities as their characters."""
    reader = _Reader()
    # A bracket that none closes is text. The tokenizer would look for its end again and again: 18 s for 48 kB;
    # and a broken marked section, "<![>", makes it raise AssertionError.
    reader.feed(_LONE.sub("&lt;", _without_comments(source)))
    reader.close()
    return PlainText(reader.text(), tuple(reader.images))


def of_markdown(source: str) -> PlainText:
    """Markdown as text, through HTML."""
    return of_html(MarkdownIt("commonmark").render(source))


def of_moodle(source: str) -> PlainText:
    """Moodle's own format: text in which HTML counts. Here a tag counts only if HTML knows it and it is closed
    or void, so that "a<b", "List<String>" and "the <p> tag" stay what they are."""
    source = _without_comments(source)
    tags = list(_TAG.finditer(source))
    closed = {tag.group(1).lower() for tag in tags if tag.group().startswith("</")}
    known = _VOID | (closed & (_BLOCKS | _INLINE | _HIDDEN))
    if not any(_is_markup(tag, known) for tag in tags):
        return PlainText(_ENTITY.sub(lambda match: html.unescape(match.group()), source))
    parts: list[str] = []
    end = 0
    for tag in tags:
        parts.append(source[end : tag.start()].replace("<", "&lt;"))
        parts.append(tag.group() if _is_markup(tag, known) else html.escape(tag.group()))
        end = tag.end()
    reduced = of_html("".join(parts) + source[end:].replace("<", "&lt;"))
    return reduced if reduced.text or reduced.images else PlainText(source)


def _is_markup(tag: re.Match[str], known: frozenset[str]) -> bool:
    return tag.group(1).lower() in known


def _without_comments(source: str) -> str:
    """Without what stands between <!-- and -->. One that is never closed is text."""
    parts: list[str] = []
    end = 0
    while (start := source.find("<!--", end)) >= 0 and (close := source.find("-->", start + 4)) >= 0:
        parts.append(source[end:start])
        end = close + 3
    return "".join(parts) + source[end:]


class _Reader(HTMLParser):
    """Collects text; white space folds as in a browser, but for what stands in <pre>."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.images: list[str] = []
        self._parts: list[str] = []
        self._hidden = 0
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "img":
            self._image(dict(attrs))
        elif tag in _BLOCKS:
            self._parts.append("\n- " if tag == "li" else "\n")
        elif tag in {"td", "th"}:
            self.handle_data(" ")
        self._verbatim += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HIDDEN and tag != "pre":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._parts.append("\n")
        if tag == "pre":
            self._verbatim = max(0, self._verbatim - 1)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._verbatim:
            self._parts.append(data)
            return
        folded = re.sub(r"[ \t\n\r\f]+", " ", data)
        follows_space = not self._parts or self._parts[-1].endswith((" ", "\n"))
        folded = folded.lstrip(" ") if follows_space else folded
        if folded:
            self._parts.append(folded)

    def text(self) -> str:
        """Lines without outer space (what <pre> indents stays), none of them empty."""
        lines = "".join(self._parts).split("\n")
        return "\n".join(line.rstrip() for line in lines if line.strip()).strip()

    def _image(self, attributes: dict[str, str | None]) -> None:
        if attributes.get("src"):
            self.images.append(str(attributes["src"]))
        if attributes.get("alt"):
            self.handle_data(f" [{attributes['alt']}] ")
