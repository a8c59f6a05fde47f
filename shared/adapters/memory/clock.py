"""A clock that a test moves."""


class ManualClock:
    """Stands still until told."""

    def __init__(self, now_ms: int = 1_767_225_600_000) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        return self._now_ms

    def advance(self, ms: int) -> None:
        if ms < 0:
            raise ValueError(f"expected a clock that never goes back, got {ms} ms")
        self._now_ms += ms

    def set(self, now_ms: int) -> None:
        """Jump forward to `now_ms`."""
        self.advance(now_ms - self._now_ms)
