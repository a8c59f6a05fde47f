"""Foreign pictures are decoded in a process of their own: one that crashes, hangs or swells takes nobody with it.

The process gets neither the gateway's settings nor its secrets, and one picture only.
"""

import asyncio
import os
import sys
from contextlib import suppress

import structlog

from gateway.images.bounds import BROKEN, TOO_MANY_PIXELS
from gateway.results.turnstile import Turnstile
from shared.domain.errors import Refusal, RefusalCode

WITHIN_S = 15.0
AT_ONCE = 1
WAITING = 8

_REFUSALS = {
    BROKEN: "expected a whole picture as PNG, JPEG, WebP, GIF or AVIF",
    TOO_MANY_PIXELS: "expected a picture of at most 12 million pixels (50 as JPEG)",
}

logger = structlog.get_logger()


class ImageProcess:
    """Starts `python -m gateway.images` for each picture, one at a time."""

    def __init__(
        self,
        *,
        command: tuple[str, ...] = (sys.executable, "-m", "gateway.images"),
        within_s: float = WITHIN_S,
    ) -> None:
        self._command = command
        self._within_s = within_s
        self._turnstile = Turnstile(at_once=AT_ONCE, waiting=WAITING, what="pictures")

    async def reduced(self, content: bytes) -> bytes:
        """As reduction.reduced. Raises Refusal IMAGE_INVALID, or TransientFailure when too many wait."""
        async with self._turnstile.passed():
            code, reduced = await self._run(content)
        if code == 0 and reduced:
            return reduced
        if code not in _REFUSALS:
            logger.warning("picture_not_reduced", exit_code=code)
        raise Refusal(RefusalCode.IMAGE_INVALID, _REFUSALS.get(code, _REFUSALS[BROKEN]))

    async def _run(self, content: bytes) -> tuple[int, bytes]:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        try:
            async with asyncio.timeout(self._within_s):
                reduced, _ = await process.communicate(content)
        except TimeoutError:
            reduced = b""
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.communicate()  # to its end, which closes the pipes
        assert process.returncode is not None
        return process.returncode, reduced
