"""The process that writes results, as the gateway sees it."""

import asyncio
import sys

import psutil
import pytest

from gateway.results.process import ResultsProcess
from shared.domain.errors import TransientFailure
from tests.story import FINISHED, QUIZ


def process(code: str) -> ResultsProcess:
    """One that runs this instead; its arguments are session and format."""
    return ResultsProcess(command=(sys.executable, "-c", code))


async def test_results_process_gives_what_it_wrote() -> None:
    """All of it, for the session and format asked for."""
    told = process("import sys; print(*sys.argv[1:], 'x' * 200_000)")
    pieces = [piece async for piece in told.pieces(FINISHED, QUIZ, format="csv")]
    assert b"".join(pieces) == f"{FINISHED.id} csv {'x' * 200_000}\n".encode()
    assert len(pieces) > 1


async def test_results_process_that_fails_raises_before_the_end() -> None:
    """A torn file must not look whole: it raises, with a first piece and without one."""
    for code in ("import sys; sys.exit(3)", "import sys; print('torn', flush=True); sys.exit(3)"):
        with pytest.raises(TransientFailure, match="got exit code 3"):
            async for _ in process(code).pieces(FINISHED, QUIZ, format="csv"):
                pass


async def test_results_process_ends_when_nobody_reads_on() -> None:
    """A client that goes away takes its process with it."""
    pieces = process("import os, time; os.write(1, b'%d' % os.getpid()); time.sleep(600)").pieces(
        FINISHED, QUIZ, format="csv"
    )
    child = int(await anext(pieces))
    await pieces.aclose()
    assert not psutil.pid_exists(child)


async def test_results_processes_are_few_at_a_time() -> None:
    """The third waits until one of two is done."""
    waiting = process("import os, time; os.write(1, b'go'); time.sleep(600)")
    first, second, third = (waiting.pieces(FINISHED, QUIZ, format="csv") for _ in range(3))
    assert await anext(first) == await anext(second) == b"go"
    queued = asyncio.ensure_future(anext(third))
    await asyncio.sleep(0)
    assert not queued.done()
    await first.aclose()
    assert await queued == b"go"
    await second.aclose()
    await third.aclose()
