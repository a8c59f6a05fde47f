"""`quizline import`: what it shows, what it publishes, and its exit codes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from knative.local.cli import app
from knative.local.commands.import_quiz import answers_line
from knative.local.home import Home
from knative.local.state import State, exclusive, write_state
from shared.domain.quiz import Question, QuestionType
from tests.unit.client.scripted_gateway import ScriptedGateway

BANK = "::First::Who? {=Ada =Grace}\n\n::Second::Why? {}\n\nYes [sic]? {T}\n"
ADMITTED = {"host_id": "h", "token": "author-token", "expires_at_ms": 1}
NAMED = "bank.gift:3:11: not taken: an essay cannot be marked"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.gift"
    path.write_text(BANK, encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
async def gateway() -> AsyncIterator[ScriptedGateway]:
    scripted = ScriptedGateway()
    await scripted.start()
    yield scripted
    await scripted.stop()


@contextmanager
def running(home: Home, gateway_url: str) -> Iterator[None]:
    """A system that seems to run in this home, with that gateway."""
    state = State(
        pid=1,
        player_url="http://localhost:1",
        gateway_urls=[gateway_url],
        kafka="",
        mongodb="",
        redis="",
        runner_url="",
        token_secret="s" * 32,
        processes={},
    )
    with exclusive(home):
        write_state(home, state)
        yield


def imported(path: Path, *options: str, home: Home) -> Result:
    return CliRunner().invoke(app, ["import", *options, str(path)], env={"QUIZLINE_HOME": str(home.root)})


def test_check_shows_questions_and_problems_and_fails_for_a_loss(bank: Path, home: Home) -> None:
    """Without a system: what would be taken on standard output, what would not by line on standard error."""
    result = imported(bank, "--check", home=home)
    assert result.exit_code == 1
    assert "Ada | Grace" in result.stdout
    assert "Yes [sic]?" in result.stdout
    assert NAMED in result.stderr
    assert "bank.gift: 2 questions taken, 1 not taken" in result.stderr


def test_check_of_a_bank_without_losses_succeeds(bank: Path, home: Home) -> None:
    """A bank that is taken whole passes."""
    bank.write_text("Yes? {T}", encoding="utf-8")
    assert imported(bank, "--check", home=home).exit_code == 0


def test_import_without_a_system_says_how_to_start_one(bank: Path, home: Home) -> None:
    """There is nowhere to publish to."""
    result = imported(bank, home=home)
    assert result.exit_code == 2
    assert "quizline up" in result.stderr


async def test_import_publishes_what_was_taken(bank: Path, home: Home, gateway: ScriptedGateway) -> None:
    """The questions go to a gateway; the quiz's id comes back."""
    gateway.replies += [(201, ADMITTED), (201, {"quiz_id": "abc", "version": 1})]
    with running(home, gateway.url):
        result = await asyncio.to_thread(imported, bank, home=home)
    assert result.exit_code == 0
    assert "published 'bank' as quiz abc, version 1" in result.stdout
    _, (method, path, body, _) = gateway.requests
    assert (method, path, body["title"]) == ("POST", "/api/quizzes", "bank")
    assert [question["type"] for question in body["questions"]] == ["text", "true_false"]


async def test_import_refused_by_the_gateway_tells_its_reason(
    bank: Path, home: Home, gateway: ScriptedGateway
) -> None:
    """The gateway's own words are shown, and the command fails."""
    gateway.replies.append((201, ADMITTED))
    gateway.replies.append((422, {"error": {"code": "quiz_invalid", "message": "too long"}}))
    with running(home, gateway.url):
        result = await asyncio.to_thread(imported, bank, home=home)
    assert result.exit_code != 0
    assert "quiz_invalid: too long" in result.stderr


def test_import_strict_takes_nothing_from_a_bank_with_a_loss(bank: Path, home: Home) -> None:
    """All or nothing, if so asked."""
    result = imported(bank, "--strict", home=home)
    assert result.exit_code == 1
    assert "0 questions taken, 1 not taken" in result.stderr


@pytest.mark.parametrize("options", [["--format", "xml"], []])
def test_import_of_what_cannot_be_read_says_why(options: list[str], tmp_path: Path, home: Home) -> None:
    """No such format, no such file: one line, no traceback."""
    result = imported(tmp_path / "none.gift", *options, home=home)
    assert result.exit_code == 2
    assert "expected a " in result.stderr


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ({"type": QuestionType.SINGLE, "choices": ("a", "b"), "correct": (1,)}, "a | ✔ b"),
        ({"type": QuestionType.ORDER, "choices": ("a", "b"), "correct": (1, 0)}, "b → a"),
        (
            {"type": QuestionType.MATCH, "choices": ("a", "b"), "targets": ("x", "y"), "correct": (1, 0)},
            "a → y | b → x",
        ),
        ({"type": QuestionType.POLL, "choices": ("a", "b")}, "a | b"),
        ({"type": QuestionType.TEXT, "accepted": ("a", "b")}, "a | b"),
        ({"type": QuestionType.NUMBER, "accepted": ("3",), "tolerance": "1"}, "3 ± 1"),
    ],
)
def test_answers_line_shows_what_is_right(parts: dict[str, object], line: str) -> None:
    """A host proof-reads the right answers at a glance."""
    assert answers_line(Question(prompt="?", **parts)) == line  # type: ignore[arg-type]  # a table of parts
