"""What is GIFT and what is not, and where an error is."""

import pytest

from shared.importers.gift_blocks import Block, Category, blocks
from shared.importers.gift_grammar import Choices, Essay, GiftSyntaxError, Numbers, TrueFalse, parsed
from tests.unit.importers.taking import problems, take


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A text alone", type(None)),
        ("Essay {}", Essay),
        ("Essay { ####why }", Essay),
        ("Yes?{T}", TrueFalse),
        ("Yes?{ TRUE #no #yes ####why }", TrueFalse),
        ("Yes?{F####why}", TrueFalse),
        ("Who? {The answer}", Choices),
        ("Who? {Foe}", Choices),
        ("Who? {=Ada #right ~Bob#wrong#still wrong ####why}", Choices),
        ("{=Asia} is the largest continent.", Choices),
        ("How many? {#3}", Numbers),
        ("How many? {# 3 : 2 #yes ####why }", Numbers),
        ("How many? {#-1.5..+1e2}", Numbers),
        ("How many? {#=3:0#yes =%50%3:1 ~#no}", Numbers),
        ("How many? {#=%100%3 =%0%*#no}", Numbers),
    ],
)
def test_grammar_question_gives_its_kind(text: str, kind: type) -> None:
    """The kind of a question follows from what its braces hold."""
    assert isinstance(parsed(text).answers, kind)


@pytest.mark.parametrize(
    ("text", "at", "expected", "got"),
    [
        ("::No end", 8, "'::' at the end of the title", "the end of the question"),
        ("Who? {=a ~b", 11, "'}' at the end of the answers", "the end of the question"),
        ("Who? } {=a}", 5, "'{' and the answers", "'}'"),
        ("Who? {=a ~}", 10, "the text of the answer", "'}'"),
        ("Who? {=a {b}}", 9, "'}' at the end of the answers", "'{'"),
        ("One {T} two {F}", 12, "a blank line after the question", "'{'"),
        ("Pi? {#3,14}", 7, "':' and a tolerance", "','"),
        ("Pi? {#three}", 6, "a number", "'t'"),
        ("Pi? {#1..}", 9, "a number", "'}'"),
    ],
)
def test_grammar_broken_question_names_the_furthest_place(text: str, at: int, expected: str, got: str) -> None:
    """A syntax error stands where the text could no longer be followed, and says expected and got."""
    with pytest.raises(GiftSyntaxError) as caught:
        parsed(text)
    assert caught.value.at == at
    assert expected in caught.value.message.partition(", got ")[0]
    assert caught.value.message.partition(", got ")[2].startswith(got)


def test_import_broken_question_is_named_and_the_rest_taken() -> None:
    """One syntax error costs one question; its line and column are those of the file, comments counted."""
    text = "First? {T}\n\n// a comment\nSecond?\n// another\n{=a ~b\n\nThird? {F}\n"
    found = take(text)
    assert [question.prompt for question in found.questions] == ["First?", "Third?"]
    (problem,) = found.problems
    assert (problem.line, problem.column, problem.title, problem.taken) == (6, 7, "Second? {=a ~b", False)
    assert problem.message.startswith("expected '}' at the end of the answers")


def test_import_two_questions_without_blank_line_names_the_second_brace() -> None:
    """Questions that no blank line separates are one broken question."""
    assert problems("One {T}\nTwo {F}\n") == [(2, 5, "expected a blank line after the question, got '{'")]


def test_blocks_comments_give_id_and_tags_to_the_next_question() -> None:
    """Lines that begin with // are no text, wherever they stand; their id and tags belong to the question."""
    text = "// [id:a\\]1] [tag:x]\n\n// [tag:y]\nQ {\n  // inside\nT}\n// after [tag:z]\n\nNext {F}"
    first, second = blocks(text)
    assert isinstance(first, Block)
    assert isinstance(second, Block)
    assert (first.id, first.tags) == ("a]1", ("x", "y", "z"))
    assert (second.id, second.tags) == (None, ())
    assert first.text == "Q {\nT}"
    assert first.position(first.text.index("T")) == (6, 1)


def test_blocks_category_stands_alone_even_without_blank_line() -> None:
    """A category line is no part of the question below it."""
    category, block = blocks("$CATEGORY: $course$/top/History\nQ {T}")
    assert category == Category(name="$course$/top/History", line=1)
    assert isinstance(block, Block)
    assert block.position(0) == (2, 1)


def test_blocks_blank_line_of_spaces_separates() -> None:
    """White space alone makes a blank line."""
    assert len(list(blocks("A {T}\n \t \nB {F}\n\n\n"))) == 2


def test_grammar_comment_behind_the_braces_is_no_gap() -> None:
    """What follows the answers after // is a comment, not text after a gap."""
    assert parsed("Q {T} // why").tail is None
    assert parsed("Q {T} or not").tail is not None
