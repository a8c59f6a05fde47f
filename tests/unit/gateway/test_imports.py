"""Question banks uploaded as they are."""

from typing import Any

import pytest

from tests.unit.gateway.author import Author
from tests.unit.gateway.stage import Running, Stage
from tests.unit.importers.sheets import kahoot
from tests.unit.importers.test_kahoot import OCEAN

CSV = "Question,Answer 1,Answer 2,Correct\nWhich?,a,b,1\n"


@pytest.fixture
def author(stage: Stage, gateway: Running) -> Author:
    return Author(gateway, stage.author_token())


async def imported(author: Author, content: bytes, *, name: str | None = None) -> tuple[int, Any]:
    query = {} if name is None else {"name": name}
    return await author.call("POST", "/api/quizzes/import", body=content, query=query)


async def test_import_publishes_the_bank_like_any_quiz(stage: Stage, author: Author) -> None:
    """Named by its file; the same file again is the same quiz."""
    status, told = await imported(author, CSV.encode(), name="Capital cities.csv")
    assert (status, told["title"], told["question_count"], told["warnings"]) == (201, "Capital cities", 1, [])
    quiz = await stage.system.quizzes.get_latest(told["quiz_id"])
    assert quiz is not None
    assert quiz.questions[0].choices == ("a", "b")
    assert (await imported(author, CSV.encode(), name="Capital cities.csv"))[1] == told


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (kahoot(OCEAN), "quiz.xlsx"),
        (b"Who? {=Ada ~Bob}", "quiz.gift"),
        (b'{"title": "T", "questions": [{"type": "text", "prompt": "Q?", "accepted": ["a"]}]}', None),
        (b'[{"question": "Q?", "answers": ["a", "b"], "answer": 0}]', "trivia.json"),
        (CSV.encode("utf-16"), None),
    ],
    ids=["kahoot", "gift", "json", "trivia", "csv"],
)
async def test_import_takes_every_format(author: Author, content: bytes, name: str | None) -> None:
    """Told by the content, with or without a name."""
    status, told = await imported(author, content, name=name)
    assert (status, told["question_count"]) == (201, 1)


async def test_import_says_what_is_not_in_the_quiz(author: Author) -> None:
    """By row and column, and published all the same: the questions are whole."""
    status, told = await imported(author, kahoot(("Q?", "a", "b", None, None, 20, "1,2")), name="b.xlsx")
    assert status == 201
    [warning] = told["warnings"]
    assert (warning["row"], warning["column"], warning["title"]) == (9, 8, "Q?")
    assert warning["message"].startswith("more than one answer is right")


async def test_import_with_a_question_lost_publishes_nothing(stage: Stage, author: Author) -> None:
    """422, and every reason by row."""
    content = CSV + "Why?,a,b,3\n,a,b,1\n"
    status, told = await imported(author, content.encode(), name="bank.csv")
    assert (status, told["error"]["code"]) == (422, "quiz_invalid")
    assert [(problem["row"], problem["message"]) for problem in told["problems"]] == [
        (3, "expected numbers of answers among 1, 2, got 3 in column 'correct'"),
        (4, "expected a prompt, got an empty one"),
    ]
    codes = [(problem["code"], problem["values"]) for problem in told["problems"]]
    assert codes == [("cell_correct_among", {"among": "1, 2", "got": 3}), ("prompt_empty", {})]


async def test_import_that_may_skip_publishes_what_can_be_taken(author: Author) -> None:
    """If so asked; what is lost is among the warnings."""
    content = (CSV + "Why?,a,b,3\n").encode()
    status, told = await author.call("POST", "/api/quizzes/import", body=content, query={"skip": "true"})
    assert (status, told["question_count"]) == (201, 1)
    assert [warning["row"] for warning in told["warnings"]] == [3]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00\xff" * 100, b"// nothing but a comment"])
async def test_import_of_nothing_that_can_be_read_is_refused(author: Author, content: bytes) -> None:
    """Whatever the bytes."""
    status, told = await imported(author, content)
    assert (status, told["error"]["code"]) == (422, "quiz_invalid")


async def test_import_of_too_large_a_file_is_refused(author: Author) -> None:
    """Before it is read to its end."""
    status, told = await imported(author, b"x" * (4 * 1_024 * 1_024 + 1))
    assert (status, told["error"]["code"]) == (413, "body_too_large")
