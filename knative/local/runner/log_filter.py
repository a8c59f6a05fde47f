"""Keeps a library from flooding the log with repetitions: aiokafka says ten times a second that Kafka is away."""

import logging
from collections.abc import Callable

# Messages are told apart by their template, of which a library has a few dozen.
_MOST_TEMPLATES = 200


class Repetitions(logging.Filter):
    """Lets a message of one template through once in `every_s` seconds."""

    def __init__(self, *, every_s: float, now_s: Callable[[], float]) -> None:
        super().__init__()
        self._every_s = every_s
        self._now_s = now_s
        self._last_s: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        now_s = self._now_s()
        template = (record.name, str(record.msg))
        if now_s - self._last_s.get(template, -self._every_s) < self._every_s:
            return False
        if len(self._last_s) >= _MOST_TEMPLATES:
            self._last_s.clear()
        self._last_s[template] = now_s
        return True
