"""docs/operations.md names only what there is."""

import re
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup as Group

from knative.local.cli import app
from tests.manifests.documents import services, sources

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "operations.md").read_text()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands() -> set[str]:
    """With those of groups, `dead-letters list` for instance."""
    root = typer.main.get_command(app)
    assert isinstance(root, Group)
    names = set(root.commands)
    for name, command in root.commands.items():
        if isinstance(command, Group):
            names |= {f"{name} {one}" for one in command.commands}
    return names


def test_make_targets_of_the_page_exist() -> None:
    """Who follows it line by line gets to the end."""
    named = set(re.findall(r"(?:^    |`)make ([a-z0-9]+)", PAGE, re.MULTILINE))
    assert {"deploy", "undeploy", "images", "e2e"} <= named
    assert named <= targets()


def test_quizline_commands_of_the_page_exist() -> None:
    """Likewise."""
    named = set(re.findall(r"(?:^    |`)quizline ((?:dead-letters )?[a-z-]+)", PAGE, re.MULTILINE))
    assert {"dead-letters list", "dead-letters show", "dead-letters replay", "status"} <= named
    assert {name for name in named if not name.endswith("dead-letters")} <= commands()


@pytest.mark.parametrize("option", ["--function", "--code", "--kafka"])
def test_options_of_the_page_exist(option: str) -> None:
    """Those of the runbook's replay."""
    root = typer.main.get_command(app)
    assert isinstance(root, Group)
    group = root.commands["dead-letters"]
    assert isinstance(group, Group)
    assert option in PAGE
    assert option in {name for parameter in group.commands["replay"].params for name in parameter.opts}


def test_files_that_the_page_names_exist() -> None:
    """Folders and modules alike; `mine` is the reader's own."""
    named = set(re.findall(r"\b(?:tests|docs|knative|shared)/[\w./-]*\w", PAGE))
    missing = {name for name in named if not (ROOT / name).exists() and "mine" not in name}
    assert not {name for name in missing if not list(ROOT.glob(f"{name}*"))}
    for link in re.findall(r"\]\(([\w.-]+)(?:#[\w-]+)?\)", PAGE):
        assert (ROOT / "docs" / link).is_file()


@pytest.mark.parametrize("name", ["join", "submit", "score", "rank", "broadcast"])
def test_scaling_table_says_what_the_manifests_say(name: str) -> None:
    """A changed annotation takes its row along."""
    template = services()[name]["spec"]["template"]
    annotations = template["metadata"]["annotations"]
    prefix = "autoscaling.knative.dev"
    cells = [
        annotations[f"{prefix}/target"],
        str(template["spec"]["containerConcurrency"]),
        annotations[f"{prefix}/min-scale"],
        annotations[f"{prefix}/max-scale"],
        annotations[f"{prefix}/window"],
        str(sources()[name]["spec"]["consumers"]),
    ]
    assert f"| {name} | {' | '.join(cells)} |" in PAGE
