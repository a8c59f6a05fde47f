"""What a part prints: line by line to its own bounded file and to whoever listens."""

import asyncio
from collections import deque
from collections.abc import Callable
from logging import Formatter, LogRecord, getLevelName
from logging.handlers import RotatingFileHandler
from pathlib import Path

Echo = Callable[[str, str], None]
"""Called with the part's name and one line, without its newline."""

_LARGEST_FILE_BYTES = 8 * 1024 * 1024
_LONGEST_LINE_BYTES = 16 * 1024
_TAIL_LINES = 12


class ProcessLog:
    """Owns `<directory>/<name>.log`, at most twice 8 MiB (itself and its predecessor)."""

    def __init__(self, *, name: str, directory: Path, echo: Echo) -> None:
        self._name = name
        self._echo = echo
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._file = RotatingFileHandler(
            directory / f"{name}.log", maxBytes=_LARGEST_FILE_BYTES, backupCount=1, encoding="utf-8"
        )
        self._file.setFormatter(Formatter("%(message)s"))

    @property
    def tail(self) -> list[str]:
        """The last lines, for the message about a part that did not start."""
        return list(self._tail)

    async def copy(self, stream: asyncio.StreamReader) -> None:
        """Until end of file. A line longer than 16 KiB comes out in pieces, so that memory stays bounded."""
        pending = b""
        while chunk := await stream.read(_LONGEST_LINE_BYTES):
            *lines, pending = (pending + chunk).split(b"\n")
            for line in lines:
                self._write(line)
            if len(pending) > _LONGEST_LINE_BYTES:
                self._write(pending)
                pending = b""
        if pending:
            self._write(pending)

    def note(self, text: str) -> None:
        """A line of our own about the part."""
        self._write(text.encode())

    def close(self) -> None:
        self._file.close()

    def _write(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").rstrip("\r")
        self._tail.append(text)
        self._file.emit(LogRecord(self._name, getLevelName("INFO"), "", 0, text, None, None))
        self._echo(self._name, text)
