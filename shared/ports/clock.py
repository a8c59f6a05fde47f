"""The one clock."""

from typing import Protocol


class Clock(Protocol):
    def now_ms(self) -> int:
        """Unix milliseconds of the clock that all processes share (Redis TIME), never this machine's own."""
