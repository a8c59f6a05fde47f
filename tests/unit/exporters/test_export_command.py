"""`quizline export`: what it refuses before it asks any database. With one: tests/integration/local."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from knative.local.cli import app


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--format", "xml"], "expected a format of json, csv, got 'xml'"), ([], "no system runs in")],
)
def test_export_that_cannot_be_done_says_why(options: list[str], message: str, tmp_path: Path) -> None:
    """One line on standard error, no traceback."""
    environment = {"QUIZLINE_HOME": str(tmp_path / "home")}
    result = CliRunner().invoke(app, ["export", "some-quiz", *options], env=environment)
    assert result.exit_code == 2
    assert message in result.stderr
