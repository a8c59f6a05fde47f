"""The command line: help for everybody, one line for bad input, quick to start."""

import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from knative.local.cli import app
from knative.local.commands.failure import CommandRefused
from knative.local.commands.up import named_port

COMMANDS = (
    "up",
    "down",
    "status",
    "invoke",
    "play",
    "chaos",
    "fuzz",
    "import",
    "clean",
    "backing",
    "deploy",
    "undeploy",
)
HEAVY = ("aiokafka", "pymongo", "aiohttp", "redis", "jgo", "knative.local.system")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(command: str) -> None:
    """Somebody who never saw it can try it."""
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"quizline {command}" in re.sub(r"\s+", " ", result.output)


def test_command_line_at_import_loads_no_driver() -> None:
    """`quizline --help` answers at once."""
    names = ", ".join(repr(name) for name in HEAVY)
    code = f"import sys, knative.local.cli; print([name for name in ({names},) if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["invoke", "nobody", "event.json"],
        ["invoke", "score", "gone.json"],
        ["invoke", "score"],
        ["nonsense"],
        ["deploy", "local"],
    ],
)
def test_bad_input_ends_with_exit_code_2_and_no_traceback(arguments: list[str]) -> None:
    """Whoever typed it can mend it."""
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.output.strip()


def test_play_at_a_kafka_that_is_named_reads_how_it_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anybody plays: the log is read at the end, when a wrong word would cost the play."""
    monkeypatch.setenv("QUIZLINE_KAFKA_SECURITY_PROTOCOL", "tls")
    elsewhere = ["--url=http://127.0.0.1:1", "--kafka=127.0.0.1:1", "--mongodb=mongodb://127.0.0.1:1"]
    result = CliRunner().invoke(app, ["play", *elsewhere])
    assert result.exit_code == 2
    assert "QUIZLINE_KAFKA_SECURITY_PROTOCOL: expected one of" in result.output


@pytest.mark.parametrize("text", ["0", "65536", "web", "-1", "80 80"])
def test_named_port_that_is_none_is_refused(text: str) -> None:
    """The variable is named, with what was expected and got."""
    with pytest.raises(CommandRefused, match=f"QUIZLINE_PORT: expected .* got '{text}'"):
        named_port({"QUIZLINE_PORT": text})


def test_named_port_is_a_number_or_nothing() -> None:
    """Without the variable any port will do."""
    assert named_port({"QUIZLINE_PORT": "9000"}) == 9000
    assert named_port({}) is None
