"""The server's clock as a client knows it: an offset to the monotonic clock here, never to the wall clock."""

import time


class ServerClock:
    """Keeps the offset of the exchange with the shortest round trip, which errs least (RFC 5905, section 10)."""

    def __init__(self) -> None:
        self._offset_ms = 0.0
        self._round_trip_ms: float | None = None

    @property
    def error_ms(self) -> float | None:
        """The offset is off by at most this; None before the first exchange."""
        return None if self._round_trip_ms is None else self._round_trip_ms / 2

    def observe(self, *, asked_s: float, answered_s: float, server_time_ms: int) -> None:
        """Take one exchange: both times from time.monotonic()."""
        round_trip_ms = max(0.0, (answered_s - asked_s) * 1000)
        if self._round_trip_ms is not None and round_trip_ms >= self._round_trip_ms:
            return
        self._round_trip_ms = round_trip_ms
        self._offset_ms = server_time_ms - (asked_s + answered_s) / 2 * 1000

    def now_ms(self) -> int:
        """Unix milliseconds of the server's clock; meaningless before the first exchange."""
        return round(time.monotonic() * 1000 + self._offset_ms)
