"""Nothing makes an import crash: whatever the bytes, questions and problems come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.quiz import question_problems
from shared.importers.imported import Imported
from shared.importers.registry import FORMATS, import_questions

# fmt: off
GIFT_WORDS = [
    "{", "}", "=", "~", "#", "####", "::", ":", "\\", "\\n", "%50%", "%", "->", "//", "..", "$CATEGORY:",
    "[html]", "[markdown]", "<b>", "</b>", "<!--", "&lt;", "*", "T", "1", "e9", "é", "word", "\n", "\n\n",
    "\x20", "\ud800",
]
JSON_WORDS = [
    "{", "}", "[", "]", ",", ":", '"', "1", "-", "null", "NaN", "1e999", "\\ud800", '"a"', '"question"',
    '"answers"', '"answer"', '"title"', '"questions"', '"type"', '"prompt"', '"text"', "\n", "\x20", "9" *
    5000,
]
# fmt: on
GIFT_LIKE = st.lists(st.sampled_from(GIFT_WORDS), max_size=30).map("".join)
JSON_LIKE = st.lists(st.sampled_from(JSON_WORDS), max_size=30).map("".join)


def check_sane(found: Imported) -> None:
    """What came back can be used: questions that can be asked, problems that can be found."""
    for question in found.questions:
        assert list(question_problems(question)) == []
        question.prompt.encode()
    assert all(problem.line >= 1 and problem.message for problem in found.problems)


@given(st.one_of(st.binary(max_size=100), GIFT_LIKE.map(lambda text: text.encode(errors="surrogatepass"))))
@pytest.mark.parametrize("format", FORMATS)
def test_import_of_anything_gives_questions_and_problems(format: str, content: bytes) -> None:
    """No bytes make an import raise, in any format."""
    check_sane(import_questions(content, name="any", format=format))


@given(GIFT_LIKE)
def test_import_of_anything_like_gift_is_sane(text: str) -> None:
    """Any order of GIFT's own words is taken or named."""
    check_sane(import_questions(text.encode(errors="replace"), name="any.gift"))


@given(JSON_LIKE, st.sampled_from(["", "[", '{"questions":[']))
def test_import_of_anything_like_json_is_sane(text: str, start: str) -> None:
    """Any order of JSON's own words is taken or named."""
    check_sane(import_questions((start + text).encode(), name="any.json"))


@pytest.mark.parametrize("nesting", ["[", '{"a":', '[{"question":', '{"questions":['])
def test_import_of_deep_nesting_is_named(nesting: str) -> None:
    """Nesting beyond the decoder's depth is a problem, not a crash."""
    found = import_questions(nesting.encode() * 50_000, name="deep.json")
    assert found.questions == ()
    assert found.problems
