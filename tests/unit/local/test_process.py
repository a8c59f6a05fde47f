"""Where a manifest's program is on this machine."""

import sys
from pathlib import Path

from knative.local.process import program_path


def test_program_python3_is_this_interpreter() -> None:
    """An image's python3 has our packages: here that is the one that runs, whatever else is on the PATH."""
    assert program_path("python3", {"PATH": "/usr/bin"}) == sys.executable


def test_program_of_the_path_is_found_there(tmp_path: Path) -> None:
    """Others are looked up as a shell would."""
    program = tmp_path / "tool"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert program_path("tool", {"PATH": str(tmp_path)}) == str(program)


def test_program_that_is_nowhere_keeps_its_name() -> None:
    """So that the failure to start it says which one was meant."""
    assert program_path("no-such-program", {"PATH": "/nonexistent"}) == "no-such-program"
