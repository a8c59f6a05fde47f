"""The Open Trivia database's JSON."""

import json

import pytest

from shared.domain.quiz import QuestionType
from shared.importers.registry import import_questions
from tests.unit.importers.taking import BANKS, problems, take

TRIVIA = sorted(BANKS.glob("opentrivia-*.json"))


def entry(**changes: object) -> str:
    return json.dumps({"question": "Which?", "answers": ["a", "b"], "answer": 1, "lang": "en"} | changes)


@pytest.mark.parametrize("path", TRIVIA, ids=lambda path: path.stem)
def test_opentrivia_given_bank_is_taken_whole(path: object) -> None:
    """Every entry becomes typed text with its one answer, in order."""
    (path,) = [bank for bank in TRIVIA if bank == path]
    entries = json.loads(path.read_text(encoding="utf-8"))
    found = import_questions(path.read_bytes(), name=path.name)
    assert found.problems == ()
    assert found.title == path.stem
    assert [(q.type, q.prompt, q.accepted) for q in found.questions] == [
        (QuestionType.TEXT, e["question"].strip(), (e["answers"][e["answer"]].strip(),)) for e in entries
    ]


def test_opentrivia_several_answers_are_choices() -> None:
    """More answers than one make a single choice with the indexed one right."""
    (question,) = take(f"[{entry()}]", name="t.json").questions
    assert (question.type, question.choices, question.correct) == (QuestionType.SINGLE, ("a", "b"), (1,))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (entry(answer=2), "expected the index of one of 2 answers, got 2"),
        (entry(answer=-1), "expected the index of one of 2 answers, got -1"),
        (entry(answers=[]), "expected the index of one of 0 answers, got 1"),
        (entry(answer="1"), "expected int, got str at $.answer"),
        (entry(answers="a"), "expected array, got str at $.answers"),
        (entry(answers=["a", None]), "expected int | float | str, got null at $.answers[1]"),
        (entry(question=""), "expected a prompt, got an empty one"),
        (entry(answers=["a", " "]), "expected choices of 1 to 200 characters"),
        ("7", "expected object, got int"),
        (entry(question="\ud800"), "expected text, got half of a surrogate pair"),
        ('{"answers": []}', "object missing required field question"),
    ],
)
def test_opentrivia_bad_entry_is_named_by_line(broken: str, message: str) -> None:
    """An entry that cannot be asked is named by its own line; those around it are taken."""
    text = f"[\n{entry(question='First?')},\n{broken},\n{entry(question='Last?')}\n]"
    assert [question.prompt for question in take(text, name="t.json").questions] == ["First?", "Last?"]
    assert problems(text, name="t.json") == [(3, 1, message)]


@pytest.mark.parametrize(
    ("broken", "column", "message"),
    [
        ('{"question" "x"},', 13, "expected ':', got '\"'"),
        ('{"question": },', 14, "expected value, got '}'"),
        ('{"question": "x" "answers": []},', 18, "expected ',', got '\"'"),
    ],
)
def test_opentrivia_broken_json_is_named_by_line_and_column(broken: str, column: int, message: str) -> None:
    """Where a line is no JSON, reading goes on at the next line that begins an entry."""
    text = f"[\n{entry(question='First?')},\n{broken}\n{entry(question='Last?')}\n]"
    assert [question.prompt for question in take(text, name="t.json").questions] == ["First?", "Last?"]
    assert problems(text, name="t.json") == [(3, column, message)]


def test_opentrivia_missing_comma_costs_nothing_but_a_line() -> None:
    """Two entries on lines of their own with no comma between are both taken, and the place is named."""
    text = f"[\n{entry()}\n{entry()}\n]"
    assert len(take(text, name="t.json").questions) == 2
    assert problems(text, name="t.json") == [(3, 1, "expected ',' or ']', got '{'")]


def test_opentrivia_file_cut_off_is_taken_as_far_as_it_goes() -> None:
    """What stands before the end is taken; the end is named."""
    text = f"[\n{entry()},\n" + entry()[:20]
    assert len(take(text, name="t.json").questions) == 1
    assert [line for line, _, _ in problems(text, name="t.json")] == [3]
