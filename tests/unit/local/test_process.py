"""Where a manifest's program is on this machine; children that come and go at the same time."""

import asyncio
import sys
from pathlib import Path

import pytest
import uvloop

from knative.local.process import base_environment, program_path, spawned


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


@pytest.mark.parametrize("loop", [uvloop.new_event_loop, asyncio.new_event_loop])
def test_children_that_come_while_others_go_keep_their_own_pipes(loop: type[asyncio.AbstractEventLoop]) -> None:
    """The runner's loop and supervisor's: what one's reader closes is never the pipe that the next one has got."""

    async def one_after_the_other() -> None:
        children = []
        for _ in range(8):
            async with spawned(("sleep", "60"), environment=base_environment()) as (process, _):
                children.append(process)
            process.kill()
        for process in children:
            await process.wait()

    async def together() -> None:
        await asyncio.gather(*(one_after_the_other() for _ in range(6)))

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(together())
