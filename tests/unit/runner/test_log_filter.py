"""A library's repetitions in the log."""

import logging

from knative.local.runner.log_filter import Repetitions


def record(template: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("aiokafka", logging.ERROR, "f.py", 1, template, arguments, None)


def test_repetition_within_the_time_is_left_out_whatever_its_arguments() -> None:
    """Once is enough to know; another message is not held back by it."""
    clock = [0.0]
    repetitions = Repetitions(every_s=5, now_s=lambda: clock[0])
    assert repetitions.filter(record("away: %s", 1))
    assert not repetitions.filter(record("away: %s", 2))
    assert repetitions.filter(record("back: %s", 2))
    clock[0] = 5.0
    assert repetitions.filter(record("away: %s", 3))


def test_ever_new_messages_do_not_fill_the_memory() -> None:
    """A library that formats before it logs has no templates: nothing is held back, nothing kept for ever."""
    repetitions = Repetitions(every_s=5, now_s=lambda: 0.0)
    assert all(repetitions.filter(record(f"message {number}")) for number in range(1_000))
