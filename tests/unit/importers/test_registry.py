"""Which importer reads what, what bytes are text."""

import codecs

import pytest

from shared.domain.quiz import MAX_QUESTIONS
from shared.importers.registry import MAX_BYTES, format_of, import_questions
from tests.unit.importers.taking import take


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.gift", '{"title": "T"}', "gift"),
        ("a.txt", "Q {T}", "gift"),
        ("a.txt", '[ {"question": "Q"}]', "opentrivia"),
        ("a", '\n{ "title": "T"}', "quizline"),
        ("a.txt", "[markdown] Q {T}", "gift"),
        ("a.txt", "{T} is right", "gift"),
        ("A.JSON", "[]", "opentrivia"),
        ("a.json", "{broken", "quizline"),
        ("a.csv", "Q {T}", "csv"),
        ("a.TSV", "", "csv"),
        ("a.txt", "Cover\n\nQuestion;Answer 1;Answer 2;Correct\n", "csv"),
        ("a.gift", "Question,Answer 1,Answer 2,Correct", "gift"),
    ],
)
def test_format_is_told_by_name_and_beginning(name: str, text: str, format: str) -> None:
    """A file's ending decides, and where it does not, how its text begins."""
    assert format_of(text, name=name) == format


@pytest.mark.parametrize(
    "content",
    [
        "Él? {T}\r\n\r\nÜber? {F}".encode(),
        codecs.BOM_UTF8 + "Él? {T}\n\nÜber? {F}".encode(),
        codecs.BOM_UTF16_LE + "Él? {T}\r\n\r\nÜber? {F}".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Él? {T}\n\nÜber? {F}".encode("utf-16-be"),
        "Él? {T}\r\rÜber? {F}\r".encode(),
    ],
)
def test_import_any_unicode_with_any_line_end_is_read(content: bytes) -> None:
    """UTF-8 with or without a mark, UTF-16 with one; LF, CRLF and CR."""
    found = import_questions(content, name="bank.gift")
    assert [question.prompt for question in found.questions] == ["Él?", "Über?"]


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (b"Q {T}\r\n\r\ncaf\xe9 {T}", 3, 4, "expected UTF-8 text, got byte 0xe9: invalid continuation byte"),
        (b"Q {T}\n\xff", 2, 1, "expected UTF-8 text, got byte 0xff: invalid start byte"),
        (codecs.BOM_UTF16_LE + b"Q\x00\x00", 1, 2, "expected UTF-16-LE text, got byte 0x00: truncated data"),
        (b"Q\x00 {T}", 1, 2, "expected text, got a NUL byte: a binary file, or UTF-16 without its mark?"),
    ],
)
def test_import_what_is_no_text_is_named_by_line(
    content: bytes, line: int, column: int | None, message: str
) -> None:
    """Bytes in another encoding are refused where they stand; nothing is guessed."""
    found = import_questions(content, name="bank.gift")
    assert found.questions == ()
    assert [(p.line, p.column, p.message) for p in found.problems] == [(line, column, message)]


def test_import_spreadsheet_as_text_is_refused() -> None:
    """Who names a format is taken at their word."""
    found = import_questions(b"PK\x03\x04", name="bank.gift", format="gift")
    assert found.problems[0].message == "expected a text file, got a ZIP archive (a spreadsheet or a document?)"


def test_import_titles_by_category_else_by_file() -> None:
    """One category names the quiz; of none or several, the file does."""
    assert take("$CATEGORY: $course$/top/History\n\nQ {T}", name="a.gift").title == "History"
    assert take("$CATEGORY: A\n\nQ {T}\n\n$CATEGORY: B\n\nR {T}", name="a.gift").title == "a"
    assert take("Q {T}", name="a.gift").title == "a"


def test_import_strict_loses_all_for_one_question() -> None:
    """With `strict`, a question lost is a file lost; a notice costs nothing."""
    lossy, noticed = b"Q {T}\n\nEssay {}", b"Q {=a =%50%b}"
    assert import_questions(lossy, name="a.gift", strict=True).questions == ()
    assert len(import_questions(lossy, name="a.gift", strict=True).problems) == 1
    assert len(import_questions(noticed, name="a.gift", strict=True).questions) == 1


def test_import_more_than_a_quiz_holds_takes_the_first() -> None:
    """A long bank is taken as far as a quiz goes, and the first question left out is named."""
    found = take("Q {T}\n\n" * (MAX_QUESTIONS + 2))
    assert len(found.questions) == MAX_QUESTIONS
    assert [problem.line for problem in found.problems] == [2 * MAX_QUESTIONS + 1]


def test_import_too_large_a_file_is_refused_unread() -> None:
    """Memory is bounded: a file beyond all sense is not looked into."""
    found = import_questions(b"\n" * (MAX_BYTES + 1), name="a.gift")
    assert found.questions == ()
    assert "at most" in found.problems[0].message


def test_import_unknown_format_raises() -> None:
    """A format that nobody reads is the caller's error."""
    with pytest.raises(
        ValueError, match="expected a format of gift, opentrivia, quizline, csv, kahoot, got 'xml'"
    ):
        import_questions(b"", name="a", format="xml")


def test_problem_is_told_on_one_line() -> None:
    """File, line, column, kind, message and title, as compilers write them."""
    (problem,) = take("::A\x1bB::Essay {}").problems
    assert problem.told("a.gift").startswith("a.gift:1:8: not taken: an essay")
    assert problem.told("a.gift").endswith("(A\N{REPLACEMENT CHARACTER}B)")
