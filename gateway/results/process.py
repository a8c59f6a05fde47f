"""A session's results out of a process of their own, so that the gateway's event loop only passes bytes on."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from typing import Protocol

from gateway.results.turnstile import Turnstile
from shared.domain.errors import TransientFailure
from shared.domain.quiz import Quiz
from shared.domain.session import Session

# 80 to 110 MB each.
AT_ONCE = 2
WAITING = 16
CHUNK_BYTES = 64 * 1_024


class ResultsFiles(Protocol):
    """Where a session's results come from, as a file."""

    def pieces(self, session: Session, quiz: Quiz, *, format: str) -> AsyncGenerator[bytes, None]:
        """Piece by piece. Raises TransientFailure; after the first piece the file is torn then."""


class ResultsProcess:
    """Starts `python -m gateway.results` for each file, in the gateway's own environment."""

    def __init__(self, *, command: tuple[str, ...] = (sys.executable, "-m", "gateway.results")) -> None:
        self._command = command
        self._turnstile = Turnstile(at_once=AT_ONCE, waiting=WAITING, what="downloads of results")

    async def pieces(self, session: Session, quiz: Quiz, *, format: str) -> AsyncGenerator[bytes, None]:
        """As ResultsFiles. Whoever stops reading ends the process."""
        async with self._turnstile.passed():
            process = await asyncio.create_subprocess_exec(
                *self._command,
                session.id,
                format,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                limit=CHUNK_BYTES,
            )
            assert process.stdout is not None
            try:
                while piece := await process.stdout.read(CHUNK_BYTES):
                    yield piece
                code = await process.wait()
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
            if code:
                raise TransientFailure(f"expected the results written, got exit code {code}")
