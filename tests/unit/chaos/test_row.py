"""What a row says of a fault whose limit is for one thing, and another took longer."""

import pytest

from knative.local.chaos.fault import Limited
from knative.local.chaos.row import Row


def _row(limited: Limited, *, limit_s: float) -> Row:
    return Row(
        fault="kill",
        done="kill -9",
        checked="",
        players=3,
        questions=2,
        strikes=1,
        answers_accepted=6,
        answers_refused=0,
        reconnects=0,
        resent=0,
        redeliveries=0,
        p99_ms=100.0,
        longest_away_s=1.0,
        recovery_s=9.0,
        stall_s=2.0,
        limited=limited,
        limit_s=limit_s,
        play_s=10.0,
        notes=[],
        problems=[],
    )


@pytest.mark.parametrize(
    ("limited", "limit_s", "is_in_time", "told"),
    [
        (Limited.RECOVERY, 5.0, False, "**9.0 s (limit 5)**"),
        (Limited.STALL, 5.0, True, "stalled 2.0 s (limit 5), all in after 9.0 s"),
        (Limited.STALL, 1.5, False, "**stalled 2.0 s (limit 1.5)**, all in after 9.0 s"),
        (Limited.ABSENCE, 3.0, True, "away 1.0 s (limit 3), all in after 9.0 s"),
    ],
)
def test_row_holds_what_is_limited_to_its_limit(
    limited: Limited, limit_s: float, is_in_time: bool, told: str
) -> None:
    """And tells the rest beside it."""
    row = _row(limited, limit_s=limit_s)
    assert row.is_in_time is is_in_time
    assert row.line().endswith(f"| {told} |")
