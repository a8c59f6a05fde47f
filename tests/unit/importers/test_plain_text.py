"""Markup to plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.importers import plain_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p>\n<p>two  <b>three</b></p>", "One\ntwo three"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<pre>if x:\n    y</pre>", "if x:\n    y"),
        ("R&amp;D &lt;b&gt; caf&eacute; &#960;", "R&D <b> café π"),
        ("<script>alert(1)</script><style>p{}</style>safe<!-- <b> -->", "safe"),
        ('<img src="a.png" alt="a cat"> What is it?', "[a cat] What is it?"),
        ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
        ("a <!-- never closed", "a <!-- never closed"),
        ("a <![> b", "a <![> b"),
        ("</script>seen", "seen"),
    ],
)
def test_html_is_reduced_to_what_a_browser_shows(source: str, text: str) -> None:
    """Tags go, blocks become lines, entities become characters, scripts leave nothing."""
    assert plain_text.of_html(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Grant's _tomb_ and **more**", "Grant's tomb and more"),
        ("line one  \nline two", "line one\nline two"),
        ("- item 1\n    - nested\n- item 2", "- item 1\n- nested\n- item 2"),
        ("`a < b`", "a < b"),
        ("<b>bold</b>", "bold"),
    ],
)
def test_markdown_is_reduced_to_its_words(source: str, text: str) -> None:
    """Emphasis, lists and code lose their marks, not their text."""
    assert plain_text.of_markdown(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<b>bold</b> caf&eacute;", "bold café"),
        ("one<br>two", "one\ntwo"),
        ("What does the <p> tag do?", "What does the <p> tag do?"),
        ("List<String> has a<b and <i>c</i>", "List<String> has a<b and c"),
        ("&nosuch; AT&T", "&nosuch; AT&T"),
        ("<b></b>", "<b></b>"),
    ],
)
def test_moodle_text_keeps_what_is_no_markup(source: str, text: str) -> None:
    """In Moodle's own format only tags that HTML knows, closed or void, are markup."""
    assert plain_text.of_moodle(source).text == text


def test_html_names_its_pictures() -> None:
    """The addresses of pictures are kept apart from the text."""
    assert plain_text.of_html('<img src="a.png">x<img src="b.png">').images == ("a.png", "b.png")


@given(st.text(alphabet=st.sampled_from("<>&;!-/ ab\"'=`*_[]()\n#1"), max_size=200))
def test_reduction_of_any_markup_ends_without_an_error(source: str) -> None:
    """However broken the markup, there is a text."""
    for reduce in (plain_text.of_html, plain_text.of_markdown, plain_text.of_moodle):
        assert isinstance(reduce(source).text, str)
