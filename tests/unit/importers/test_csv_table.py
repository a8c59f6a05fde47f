"""CSV: our own dialect, and tables of others that have a header we can read."""

import codecs

import pytest

from shared.domain.quiz import Question, QuestionType
from shared.importers.registry import import_questions
from shared.importers.table_lists import joined_list, split_list
from shared.spreadsheet import guarded, unguarded
from tests.unit.importers.taking import problems, take

OWN = (
    "type,prompt,choice 1,choice 2,choice 3,correct,accepted,tolerance,time limit (s),points,image,quiz title,"
    """target 1,target 2,target 3
single,Which is the largest ocean?,Atlantic,Pacific,,2,,,20,500,,Geography
multiple,Which are odd?,1,2,3,"1,3",,,,,,
true_false,Is water wet?,,,,true,,,,,,
text,Who wrote it?,,,,,Ada|Ada Lovelace|a\\|b\\\\,,,,,
number,How high?,,,,,8849,50,2.5,,,
order,First to last?,c,a,b,"2,3,1",,,,,,
order,As written?,a,b,c,,,,,,,
poll,How was it?,Good,Bad,,,,,,0,https://example.org/a.png,
match,Which capital?,Italy,France,,"3,1",,,,,,,Paris,Oslo,Rome
match,Pair by pair?,Italy,France,,,,,,,,,Rome,Paris,
"""
)


def test_csv_of_our_own_carries_every_type() -> None:
    """Each type by its name; what is empty is the default."""
    found = take(OWN, name="bank.csv")
    assert found.problems == ()
    assert found.title == "Geography"
    single, multiple, true_false, text, number, order, written, poll, match, pairs = found.questions
    assert single == Question(
        type=QuestionType.SINGLE,
        prompt="Which is the largest ocean?",
        choices=("Atlantic", "Pacific"),
        correct=(1,),
        points=500,
    )
    assert (multiple.type, multiple.correct) == (QuestionType.MULTIPLE, (0, 2))
    assert (true_false.choices, true_false.correct) == (("True", "False"), (0,))
    assert text.accepted == ("Ada", "Ada Lovelace", "a|b\\")
    assert (number.accepted, number.tolerance, number.time_limit_ms) == (("8849",), "50", 2_500)
    assert (order.correct, written.correct) == ((1, 2, 0), (0, 1, 2))
    assert (match.targets, match.correct) == (("Paris", "Oslo", "Rome"), (2, 0))
    assert (pairs.targets, pairs.correct) == (("Rome", "Paris"), (0, 1))
    assert (poll.points, poll.image_url) == (0, "https://example.org/a.png")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_with_any_delimiter_and_mark_is_read(delimiter: str, encoding: str) -> None:
    """Told by which delimiter gives a header; no name needed."""
    rows = (("Question", "Answer 1", "Answer 2", "Correct"), ("Él, sí; no?", "sí", "no", "1"))
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = import_questions(text.encode(encoding), name="bank.txt")
    assert found.problems == ()
    assert [(question.prompt, question.correct) for question in found.questions] == [("Él, sí; no?", (0,))]


def test_csv_as_kahoots_template_is_saved_is_read() -> None:
    """Semicolons, a preamble, numbers down the first column."""
    text = (
        "sep=;\n;Quiz template;;;;;;\n;;;;;;;\n"
        ";Question - max 120 characters;Answer 1 - max 75 characters;Answer 2 - max 75 characters;"
        "Answer 3 - max 75 characters;Answer 4 - max 75 characters;"
        "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs;Correct answer(s) - choose at least one\n"
        "1; Largest? ;Mars;Jupiter;;;30;2\n2;;;;;;;\n"
    )
    found = take(text, name="export.csv")
    assert found.problems == ()
    (question,) = found.questions
    assert (question.prompt, question.choices, question.correct) == ("Largest?", ("Mars", "Jupiter"), (1,))
    assert question.time_limit_ms == 30_000


@pytest.mark.parametrize(
    ("header", "row", "type", "correct"),
    [
        ("question,option_a,option_b,option_c,answer", "Q?,x,y,z,C", QuestionType.SINGLE, (2,)),
        ("Question Text,Question Type,Option 1,Option 2,Correct Answer", "Q?,Multiple Choice,x,y,2",
         QuestionType.SINGLE, (1,)),
        ("Question Text,Question Type,Option 1,Option 2,Correct Answer", 'Q?,Checkbox,x,y,"1,2"',
         QuestionType.MULTIPLE, (0, 1)),
        ("question,choice1,choice2,correct_answer", "Q?,yes,no,No", QuestionType.SINGLE, (1,)),
        ("question,answer", "Q?,Paris", QuestionType.TEXT, ()),
    ],
)  # fmt: skip
def test_csv_of_others_is_read_by_its_header(
    header: str, row: str, type: QuestionType, correct: tuple[int, ...]
) -> None:
    """Names that quiz tools use; the right answer by number, letter or text."""
    found = take(f"{header}\n{row}\n", name="bank.csv")
    assert found.problems == ()
    assert [(question.type, question.correct) for question in found.questions] == [(type, correct)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "sungle,Q?,a,b,1",
            (2, 1, "expected a type of single, multiple, true_false, text, number, order, match, poll"),
        ),
        ("text,Q?,,,", (2, None, "expected what is accepted, got none in column 'accepted'")),
        ("order,Q?,a,b,1", (2, None, "expected 2 correct for type order, got 1")),
        ('single,"Q?,a,b,1', (2, None, "expected CSV, got a quoted cell that never ends")),
        ('single,"Q"?,a,b,1', (2, None, "expected CSV, got text behind the closing quote of a cell")),
    ],
)
def test_csv_row_that_cannot_be_taken_is_named(row: str, problem: tuple[int, int | None, str]) -> None:
    """By the line it begins on."""
    ((line, column, message),) = problems(f"type,prompt,choice 1,choice 2,correct\n{row}\n", name="bank.csv")
    assert (line, column) == problem[:2]
    assert message.startswith(problem[2])


def test_csv_lines_are_those_of_the_file_and_reading_goes_on() -> None:
    """A cell of two lines counts as two, and a broken row costs itself."""
    text = (
        'type,prompt,choice 1,choice 2,correct\nsingle,"Two\nlines?",a,b,1\n'
        'single,"B"x,a,b,1\nnone,Q?,a,b,1\nsingle,Q?,a,b,1\n'
    )
    found = take(text, name="bank.csv")
    assert [question.prompt for question in found.questions] == ["Two\nlines?", "Q?"]
    assert [problem.line for problem in found.problems] == [4, 5]


def test_csv_without_header_says_what_was_expected() -> None:
    """By name it is CSV, so GIFT is not tried."""
    ((line, _, message),) = problems("a,b,c\n1,2,3\n", name="bank.csv")
    assert line == 1
    assert message.startswith("expected a header row with Question")


def test_csv_gift_is_not_taken_for_a_table() -> None:
    """Only a header row makes a table."""
    assert len(take("::Question, the first:: Who, what? {=Ada}", name="bank.txt").questions) == 1


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("-5", "'-5"), ("'=x", "''=x"), ("'tis", "'tis"), ("''", "''"), ("", ""), ("@x", "'@x")],
)
def test_csv_cell_that_begins_as_a_formula_is_guarded(text: str, cell: str) -> None:
    """One quote more in front, taken away again; no other text is touched."""
    assert guarded(text) == cell
    assert unguarded(cell) == text


def test_list_in_a_cell_may_hold_its_own_signs() -> None:
    """Separator and backslash are escaped; an unknown escape is a backslash."""
    texts = ("a|b", "c\\", "", "\\|", "d")
    assert split_list(joined_list(texts)) == texts
    assert split_list("a\\n|b\\") == ("a\\n", "b\\")
    assert split_list("") == ()


def test_csv_with_a_mark_of_utf_16_is_read() -> None:
    """As Excel saves "Unicode text"."""
    content = codecs.BOM_UTF16_LE + "Question\tAnswer 1\tAnswer 2\tCorrect\nQ?\ta\tb\t1\n".encode("utf-16-le")
    assert len(import_questions(content, name="bank.txt").questions) == 1
