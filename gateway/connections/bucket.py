"""A token bucket in two numbers: how much one connection may send."""

import time

BURST = 20
PER_SECOND = 10.0


class TokenBucket:
    """BURST messages at once, PER_SECOND in the long run: far above what a person does, far below a flood."""

    __slots__ = ("_tokens", "_updated_s")

    def __init__(self) -> None:
        self._tokens = float(BURST)
        self._updated_s = time.monotonic()

    def take(self) -> bool:
        """Use one; False when there is none."""
        now_s = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now_s - self._updated_s) * PER_SECOND)
        self._updated_s = now_s
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
