"""The rows of a session's results, and the files made of them."""

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest

from shared.domain.quiz import AnswerValue, QuestionType
from shared.domain.scoring import ScoringPolicy, ScoringRules
from shared.domain.settings import Settings
from shared.results.columns import ANSWERS, PLAYERS, QUESTIONS
from shared.results.report import AnswerRow
from shared.results.xlsx_file import XlsxFile
from tests.unit.domain.asking import question
from tests.unit.results.played import Played, played

FLAT = ScoringRules(policy=ScoringPolicy.FLAT_V1, streak_bonus=True)
EVIL = "=1+1_x000D_\x07"


@pytest.fixture
def game() -> Played:
    """Two questions and a poll, in teams: Ada changes her mind and wins, one is wrong, Cy watches, Dee is out."""
    game = played(
        question(),
        question(QuestionType.TEXT),
        question(QuestionType.POLL),
        settings=Settings(rules=FLAT, teams=("Red", "Blue"), answer_change=True),
        removed=("p3",),
    )
    ada, bob = game.join("Ada", team=0), game.join(EVIL, team=1)
    game.join("Cy", team=0)
    dee = game.join("Dee", team=1)
    game.answer(ada, 0, AnswerValue(choices=(0,)))
    game.answer(bob, 0, AnswerValue(choices=(2,)), elapsed_ms=3_000)
    game.answer(ada, 0, AnswerValue(choices=(1,)), elapsed_ms=2_000)
    game.answer(ada, 1, AnswerValue(text="ada"))
    game.answer(bob, 1, AnswerValue(text=EVIL))
    game.answer(dee, 1, AnswerValue(text="Ada"))
    game.answer(bob, 2, AnswerValue(choices=(1,)))
    return game


def answers(game: Played) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(game.file("json"))["answers"]
    return rows


def test_report_has_a_row_for_each_answer_that_counts(game: Played) -> None:
    """By question and rank, in words; of a changed answer the last one."""
    found = [
        (row["question"], row["nickname"], row["answer"], row["correct"], row["points"]) for row in answers(game)
    ]
    assert found == [
        (1, "Ada", "b", True, 1_000),
        (1, EVIL, "c", False, 0),
        (2, "Ada", "ada", True, 1_000),
        (2, EVIL, EVIL, False, 0),
        (2, "Dee", "Ada", True, 1_000),
        (3, EVIL, "b", None, 0),
    ]
    first = answers(game)[0]
    assert (first["team"], first["elapsed_ms"], first["rank"], first["total"]) == ("Red", 2_000, 1, 2_100)
    assert first["answered_at"] == "2023-11-14T22:13:20.002Z"
    assert first["correct_answer"] == "b"


def test_report_of_players_has_everybody_and_the_streak_bonus(game: Played) -> None:
    """Those without an answer and those removed, without a rank; points are the board's."""
    players = json.loads(game.file("json"))["players"]
    assert [(row["rank"], row["nickname"], row["points"], row["streak_bonus"]) for row in players] == [
        (1, "Ada", 2_100, 100),
        (2, EVIL, 0, 0),
        (None, "Cy", 0, 0),
        (None, "Dee", 1_000, 0),
    ]
    assert [(row["answered"], row["correct"], row["not_answered"]) for row in players[:3]] == [
        (2, 2, 1),
        (3, 0, 0),
        (0, 0, 3),
    ]
    assert [row["removed"] for row in players] == [False, False, False, True]


def test_report_of_an_answer_not_scored_yet_says_so(game: Played) -> None:
    """While the pipeline works, points and correctness are open, and nothing is guessed."""
    game.results = [result for result in game.results if result.answer_id != "a2"]
    first = answers(game)[0]
    assert (first["answer"], first["correct"], first["points"]) == ("b", None, None)


def test_json_file_names_the_session_and_its_questions(game: Played) -> None:
    """All that belongs to a session, in one object."""
    told = json.loads(game.file("json"))
    assert list(told) == ["session", "answers", "players", "questions"]
    assert told["session"]["title"] == "The sky"
    assert told["session"]["policy"] == "flat.v1"
    assert [row["answered"] for row in told["questions"]] == [2, 2, 1]


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_file_of_a_session_without_answers_is_whole(format: str) -> None:
    """Headers, and nothing below."""
    content = played().file(format)
    match format:
        case "csv":
            assert content.decode("utf-8-sig").split("\r\n") == [",".join(f'"{name}"' for name in ANSWERS), ""]
        case "json":
            assert json.loads(content)["answers"] == []
        case _:
            assert _sheets(content)["Answers"] == [ANSWERS]


def test_csv_file_has_every_answer_and_no_formula(game: Played) -> None:
    """With a mark for Excel; a cell that begins as a formula is guarded."""
    content = game.file("csv")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 6
    assert rows[1]["nickname"] == f"'{EVIL}"
    assert (rows[0]["points"], rows[0]["correct"], rows[5]["correct"]) == ("1000", "true", "")


def test_xlsx_file_has_a_sheet_each_and_no_formula(game: Played) -> None:
    """Read by openpyxl: numbers are numbers, texts are texts, and what XML cannot hold is shown as such."""
    sheets = _sheets(game.file("xlsx"))
    assert list(sheets) == ["Answers", "Players", "Questions"]
    assert (sheets["Answers"][0], sheets["Players"][0], sheets["Questions"][0]) == (ANSWERS, PLAYERS, QUESTIONS)
    assert len(sheets["Answers"]) == 7
    second = dict(zip(ANSWERS, sheets["Answers"][2], strict=True))
    assert (second["points"], second["correct"], second["rank"]) == (0, False, 2)
    assert second["nickname"] == "=1+1_x005F_x000D_\N{REPLACEMENT CHARACTER}"
    assert sheets["Questions"][1][-1] == "0 × a\n1 × b\n1 × c"


def test_xlsx_file_goes_on_in_another_sheet_when_one_is_full(game: Played) -> None:
    """A sheet has a million rows, a session may have more."""
    file = XlsxFile(most_rows=3)
    row = game.report().answers(*_first_question(game))[0]
    content = file.begin(game.report().heading) + file.answers([row] * 5) + file.end([], [])
    sheets = _sheets(content)
    assert [len(rows) for rows in sheets.values()] == [3, 3, 2, 1, 1]
    assert list(sheets)[:3] == ["Answers", "Answers 2", "Answers 3"]


def test_xlsx_file_is_an_archive_that_any_reader_can_check(game: Played) -> None:
    """Sums and sizes agree; the same results are the same bytes."""
    with zipfile.ZipFile(io.BytesIO(game.file("xlsx"))) as archive:
        assert archive.testzip() is None
    assert game.file("xlsx") == game.file("xlsx")


def _first_question(game: Played) -> tuple[Any, Any, Any]:
    from shared.results.report import asked_questions

    asked = next(asked_questions(game.session, game.quiz))
    return asked, game.of(0), game.results_of(0)


def _sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_columns_are_those_of_the_rows() -> None:
    """A field added to a row is a column in every file."""
    assert set(ANSWERS) == set(AnswerRow.__slots__)
