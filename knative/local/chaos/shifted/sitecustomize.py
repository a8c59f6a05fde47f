"""Imported by a Python process at its start when this folder is on its PYTHONPATH: its wall clock is off then.

By QUIZLINE_CLOCK_OFF_S seconds: time.time, time.time_ns, and what datetime makes of the present. The monotonic
clock is not touched: no setting of a wall clock moves it. A line on standard error says so, with the present time.
"""

import datetime
import os
import sys
import time

_OFF_S = float(os.environ.get("QUIZLINE_CLOCK_OFF_S", "0"))
_true_time, _true_time_ns = time.time, time.time_ns
_true_datetime = datetime.datetime


class _ShiftedDatetime(_true_datetime):
    """Only `now` and `utcnow` differ; what they give are plain datetimes."""

    @classmethod
    def now(cls, tz=None):  # type: ignore[no-untyped-def]
        return _true_datetime.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):  # type: ignore[no-untyped-def]
        return _true_datetime.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)


time.time = lambda: _true_time() + _OFF_S
time.time_ns = lambda: _true_time_ns() + int(_OFF_S * 1e9)
datetime.datetime = _ShiftedDatetime  # type: ignore[misc]
print(
    f"clock of {os.environ.get('K_SERVICE', 'another')} shows {time.time():.0f}, which is {_OFF_S:+g} s off",
    file=sys.stderr,
    flush=True,
)
