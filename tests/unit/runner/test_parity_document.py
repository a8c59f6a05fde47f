"""docs/parity.md promises only what a test shows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "parity.md"


def rows() -> list[list[str]]:
    """The cells of the tables' rows, without headings."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "what"]


@pytest.fixture(scope="module")
def tests() -> set[str]:
    """The names of all tests of the project."""
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)\(", file.read_text())}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_row_of_the_parity_table_is_proven_by_tests_that_exist(row: list[str], tests: set[str]) -> None:
    """A renamed test must take its row along, and a row without one says nothing."""
    assert len(row) == 4
    named = re.findall(r"`(\w+)`", row[3])
    assert named
    assert set(named) <= tests


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_row_of_the_parity_table_says_whether_it_is_the_same(row: list[str]) -> None:
    """And a difference says more than that."""
    assert row[2].startswith(("=", "≠"))
    assert not row[2].startswith("≠") or len(row[2]) > 20
