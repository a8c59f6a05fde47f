"""What is exported is imported as the same quiz."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.quiz import Question, QuestionType
from shared.exporters.registry import FORMATS, export_quiz
from shared.importers.imported import asked_problems
from shared.importers.registry import import_questions
from tests.unit.domain.asking import question
from tests.unit.exporters.quizzes import questions, quizzes, titles


@pytest.mark.parametrize("format", FORMATS)
@given(quizzes(), titles())
def test_export_of_any_quiz_is_imported_as_the_same_quiz(
    format: str, asked: tuple[Question, ...], title: str
) -> None:
    """Title and questions, to the letter, in every format."""
    exported = export_quiz(title, asked, format=format)
    found = import_questions(exported.content, name=exported.name)
    assert found.problems == ()
    assert found.title == title
    assert found.questions == asked


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("type", QuestionType)
@given(data=st.data())
def test_export_of_every_type_is_imported_as_the_same_question(
    format: str, type: QuestionType, data: st.DataObject
) -> None:
    """Type by type, so that none is left to chance."""
    asked = data.draw(questions(type))
    assert asked_problems(asked) == []
    exported = export_quiz("T", [asked], format=format)
    assert import_questions(exported.content, name=exported.name).questions == (asked,)


@given(quizzes())
def test_export_csv_has_no_cell_that_begins_as_a_formula(asked: tuple[Question, ...]) -> None:
    """Whatever a quiz says, a spreadsheet computes nothing."""
    text = export_quiz("=T", asked, format="csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Geography!", "Geography.csv"), ("../../etc/passwd", "etc-passwd.csv"), ("Größe & Maß", "Größe-Maß.csv"),
     ("???", "quiz.csv")],
)  # fmt: skip
def test_export_file_is_named_by_the_title(title: str, name: str) -> None:
    """With nothing in it that a path could be made of."""
    assert export_quiz(title, [question()], format="csv").name == name


def test_export_unknown_format_raises() -> None:
    """The caller's error."""
    with pytest.raises(ValueError, match="expected a format of json, csv, got 'xml'"):
        export_quiz("T", [question()], format="xml")
