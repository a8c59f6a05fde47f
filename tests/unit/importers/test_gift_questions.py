"""What a parsed GIFT question becomes in a quiz, and what is said about what it cannot."""

import pytest

from shared.domain.quiz import QuestionType
from tests.unit.importers.taking import only_question, problems, take


def test_choice_one_right_is_single() -> None:
    """= is right, ~ is wrong."""
    question = only_question("Who? {~Ada =Bob ~Cy}")
    assert (question.type, question.choices, question.correct) == (QuestionType.SINGLE, ("Ada", "Bob", "Cy"), (1,))


def test_choice_positive_weights_are_multiple() -> None:
    """Without =, the answers with positive weights are the right ones."""
    question = only_question("Which? {~%50%a ~%-100%b ~%50%c ~d}")
    assert (question.type, question.correct) == (QuestionType.MULTIPLE, (0, 2))


def test_choice_part_of_the_marks_beside_a_full_answer_is_noticed() -> None:
    """An answer with part of the marks is wrong here; the question is taken and the answer named."""
    found = take("Where? {\n~Rome\n~%50%Galilee\n=Nazareth}")
    assert found.questions[0].correct == (2,)
    assert [(problem.line, problem.column, problem.taken) for problem in found.problems] == [(3, 1, True)]
    assert "50 %" in found.problems[0].message


def test_choice_several_full_answers_must_all_be_picked() -> None:
    """Two = among ~ make a multiple choice, with a notice."""
    found = take("Which? {=a =b ~c}")
    assert (found.questions[0].type, found.questions[0].correct) == (QuestionType.MULTIPLE, (0, 1))
    assert [problem.taken for problem in found.problems] == [True]


def test_choice_single_right_answer_with_zero_weight_is_wrong() -> None:
    """A = with no marks is no right answer."""
    assert only_question("Which? {=%0%a =b ~c}").correct == (1,)


@pytest.mark.parametrize("weight", ["150", "-101", "x", ""])
def test_choice_impossible_weight_is_refused(weight: str) -> None:
    """A weight is a number from -100 to 100."""
    ((line, column, message),) = problems(f"Which? {{\n~%{weight}%a\n=b}}")
    assert (line, column) == (2, 1)
    assert message == f"expected a weight from -100 to 100 between % signs, got {weight!r}"


def test_choice_percent_sign_in_text_is_text() -> None:
    """A per cent sign without a second one is no weight; a decimal comma in a weight is understood."""
    assert only_question("How much? {~5 % =%d}").choices == ("5 %", "%d")
    assert only_question("Which? {~%33,3%a ~%66,7%b ~c}").correct == (0, 1)


def test_choice_none_right_is_refused() -> None:
    """A question without a right answer cannot be scored."""
    assert problems("Which? {~a ~b}") == [(1, 9, "expected at least one right answer, got none")]


def test_choice_too_many_is_refused_by_line() -> None:
    """What the domain refuses is named at the question's line."""
    found = problems("One {T}\n\nMany {" + "~x" * 11 + "=y}")
    assert found == [(3, 1, "expected 2 to 10 choices for type single, got 12")]


def test_prompt_too_long_is_refused_by_line() -> None:
    """An over-long prompt is a problem, not a crash, and costs its question only."""
    found = take("x" * 501 + " {T}\n\nShort? {T}")
    assert [question.prompt for question in found.questions] == ["Short?"]
    assert [problem.line for problem in found.problems] == [1]
    assert "at most 500" in found.problems[0].message


def test_short_answer_takes_all_with_full_marks() -> None:
    """All = make a typed answer; those with full marks count, each once."""
    question = only_question("Two plus {=two =2 =%100%2 =%0%three}?")
    assert (question.type, question.accepted) == (QuestionType.TEXT, ("two", "2"))
    assert question.prompt == "Two plus _____ ?"


def test_short_answer_with_part_of_the_marks_is_noticed() -> None:
    """Only the best answers count; one with less is named."""
    found = take("Who? {=Frog =%50%Cat =%0%*}")
    assert found.questions[0].accepted == ("Frog",)
    assert [problem.taken for problem in found.problems] == [True]


def test_short_answer_without_full_marks_takes_the_best() -> None:
    """Where no answer has full marks, those with the most are right."""
    found = take("Who? {=%80%Frog =%50%Cat}")
    assert found.questions[0].accepted == ("Frog",)
    assert [problem.message.partition(":")[0] for problem in found.problems] == [
        "no answer has full marks",
        "part of the marks (50 %) is not given",
    ]


def test_short_answer_asterisk_is_noticed_unless_escaped() -> None:
    """Moodle's wildcard is taken as it is, with a notice; behind a backslash it is only a star."""
    assert only_question(r"Which sign? {=\*}").accepted == ("*",)
    found = take("Which? {=foo*}")
    assert found.questions[0].accepted == ("foo*",)
    assert found.problems[0].taken


@pytest.mark.parametrize(
    ("answer", "value", "tolerance"),
    [
        ("3", "3", "0"),
        ("3:2", "3", "2"),
        ("-3.142:0.001", "-3.142", "0.001"),
        ("1..5", "3", "2"),
        ("5..1", "3", "2"),
        ("3.141..3.142", "3.1415", "0.0005"),
        ("0.1..0.2", "0.15", "0.05"),
        ("1e3", "1000", "0"),
        (".5", "0.5", "0"),
        ("=7:1 =%50%7:2", "7", "1"),
        ("=%100%9:0 =%0%5:0 ~#no", "9", "0"),
        ("=3:2 =4:0", "3", "2"),
    ],
)
def test_number_is_an_exact_value_and_tolerance(answer: str, value: str, tolerance: str) -> None:
    """Numbers and ranges become a decimal and how far off still counts, without rounding."""
    question = take(f"How many? {{#{answer}}}").questions[0]
    assert (question.type, question.accepted, question.tolerance) == (QuestionType.NUMBER, (value,), tolerance)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("=1 =2", "expected one right number or range, got 2 that lie apart"),
        ("1e99999", "expected numbers of a sensible size, got 1e99999"),
        ("=*", "expected a number that is right, got an answer that takes any number"),
        ("~1", "expected at least one right answer, got none"),
    ],
)
def test_number_that_cannot_be_one_is_refused(answer: str, message: str) -> None:
    """A number question has one right number or range."""
    assert [found[2] for found in problems(f"How many? {{#{answer}}}")] == [message]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Just so you know.", "a description asks nothing"),
        ("What do you think? {}", "an essay cannot be marked"),
        ("Match. {=cat -> food =dog -> food}", "expected a partner of its own for each item, got 'food' twice"),
        ("Match. {=cat -> mouse =dog}", "expected '->' in each pair"),
        ("{T}", "expected a prompt"),
    ],
)
def test_question_that_cannot_be_played_is_named_with_the_reason(text: str, reason: str) -> None:
    """What Quizline has no type for is named by line, under its title."""
    found = take(f"First? {{T}}\n\n::Its title::{text}")
    assert len(found.questions) == 1
    (problem,) = found.problems
    assert (problem.line, problem.title, problem.taken) == (3, "Its title", False)
    assert problem.message.startswith(reason)


def test_prompt_picture_that_can_be_fetched_is_kept() -> None:
    """The prompt's first picture with a web address becomes the question's; others are named."""
    text = r'[html]<p>What?</p><img src\="https\://example.org/a.png"><img src\="@@PLUGINFILE@@/b.png"> {T}'
    found = take(text)
    assert found.questions[0].image_url == "https://example.org/a.png"
    assert [problem.message for problem in found.problems] == ["the picture '@@PLUGINFILE@@/b.png' was left out"]


def test_answers_take_the_format_of_the_question() -> None:
    """A format before the question holds for its answers, unless they have one of their own."""
    question = only_question("[html]<b>Which?</b> {=<i>a</i> ~[plain]<i>b</i>}")
    assert (question.prompt, question.choices) == ("Which?", ("a", "<i>b</i>"))


def test_prompt_white_space_counts_only_where_it_has_a_meaning() -> None:
    """Lines of plain and of Moodle's text run on; an escaped line end stays one."""
    for format in ("", "[plain]", "[moodle]"):
        assert only_question(format + "one\n  two\\nthree {T}").prompt == "one two\nthree"
