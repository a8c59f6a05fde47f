"""Quizline's own JSON."""

import json
from pathlib import Path

import msgspec
import pytest

from shared.domain.quiz import Question, QuestionType, quiz_problems
from shared.importers.registry import import_questions
from tests.unit.importers.taking import problems, take

SHIPPED = Path(__file__).parents[3] / "knative" / "local" / "quizzes"
GOOD = {"type": "single", "prompt": "Which?", "choices": ["a", "b"], "correct": [0]}


def bank(*questions: object, **more: object) -> str:
    """A bank with each question on a line of its own, the first on line 2."""
    lines = ",\n".join(json.dumps(question) for question in questions)
    return f'{{"title": "T", "questions": [\n{lines}\n]{"".join(f", {json.dumps(k)}: 1" for k in more)}}}'


def test_own_json_every_key_of_a_question_is_read() -> None:
    """The file's form is the domain's: what is encoded from it comes back equal."""
    question = Question(
        type=QuestionType.NUMBER,
        prompt="How many?",
        accepted=("3.5",),
        tolerance="0.5",
        time_limit_ms=5_000,
        points=500,
        image_url="/images/a.png",
    )
    found = take(bank(msgspec.to_builtins(question)), name="q.json")
    assert (found.title, found.questions, found.problems) == ("T", (question,), ())


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (GOOD | {"choices": ["a", 1]}, "expected str, got int at $.questions[1].choices[1]"),
        (GOOD | {"type": "essay"}, "invalid enum value 'essay' at $.questions[1].type"),
        (GOOD | {"correct": [2]}, "expected correct choices from 0 to 1, got [2] at $.questions[1]"),
        ({"type": "text"}, "object missing required field prompt at $.questions[1]"),
        ([], "expected object, got array at $.questions[1]"),
    ],
)
def test_own_json_bad_question_is_named_by_line_and_path(broken: object, message: str) -> None:
    """An error names the question's line and the path within the file; the others are taken."""
    text = bank(GOOD, broken, GOOD)
    assert len(take(text, name="q.json").questions) == 2
    assert problems(text, name="q.json") == [(3, 1, message)]


def test_own_json_unknown_key_is_noticed_and_the_question_taken() -> None:
    """A key that no question has is most often a slip of the pen: it is named, not passed over."""
    found = take(bank(GOOD | {"time_limit": 5}), name="q.json")
    assert len(found.questions) == 1
    assert [(problem.line, problem.taken) for problem in found.problems] == [(2, True)]
    assert "'time_limit'" in found.problems[0].message


def test_own_json_broken_question_leaves_the_others() -> None:
    """Where one question is no JSON, its line and column are named and reading goes on at the next."""
    text = bank(GOOD, GOOD, GOOD).replace("Which?", 'Which?" x', 1)
    assert len(take(text, name="q.json").questions) == 2
    ((line, _, message),) = problems(text, name="q.json")
    assert line == 2
    assert message.endswith("at $.questions[0]")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"title": "T"}', 1, "expected questions at $.questions, got none"),
        ('{"title": "T",\n"questions": 7}', 2, "expected '[', got '7'"),
        ('{"title": "T",\n}', 1, "expected questions at $.questions, got none"),
        ('{"title": "T",\n7}', 2, "expected a name in double quotes, got '7'"),
        ('{"title": }', 1, "expected value, got '}'"),
        ("{", 1, "expected a name in double quotes, got the end of the file"),
        ("7", 1, "expected '{', got '7'"),
        ('{"title": 7, "questions": []}', 1, "expected text at $.title"),
    ],
)
def test_own_json_wrong_shape_says_expected_and_got(text: str, line: int, message: str) -> None:
    """A file that is no bank says so, by line."""
    assert [(found[0], found[2]) for found in problems(text, name="q.json")] == [(line, message)]


@pytest.mark.parametrize("broken", [GOOD | {"prompt": "\ud800"}, GOOD | {"type": "\ud800"}, "\ud800"])
def test_own_json_lone_surrogate_is_refused(broken: object) -> None:
    """Half a surrogate pair is no text: no encoding can carry it to a player."""
    assert problems(bank(broken), name="q.json") == [
        (2, 1, "expected text, got half of a surrogate pair at $.questions[0]")
    ]


def test_own_json_control_character_is_refused() -> None:
    """A character that steers a terminal never reaches one."""
    assert problems(bank(GOOD | {"prompt": "\x1b[2J"}), name="q.json") == [
        (2, 1, "expected text, got the control character U+001B at $.questions[0]")
    ]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.json")), ids=lambda path: path.stem)
def test_shipped_quiz_can_be_published(path: Path) -> None:
    """Every quiz that ships imports without a problem and can be published."""
    found = import_questions(path.read_bytes(), name=path.name, strict=True)
    assert found.problems == ()
    assert quiz_problems(found.title, found.questions) == []


def test_shipped_quizzes_show_every_question_type() -> None:
    """The longer quiz has all types, the quick one four single choices of ten seconds."""
    general = import_questions((SHIPPED / "general-knowledge.json").read_bytes(), name="g.json").questions
    quick = import_questions((SHIPPED / "quick.json").read_bytes(), name="q.json").questions
    assert len(general) == 11
    assert {question.type for question in general} == set(QuestionType)
    assert [(q.type, q.time_limit_ms) for q in quick] == [(QuestionType.SINGLE, 10_000)] * 4
