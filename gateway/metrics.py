"""Prometheus' text format, for a handful of numbers that the gateway counts anyway. No labels."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gauge:
    """`name` without the prefix."""

    name: str
    help: str
    value: float


def exposition(gauges: Sequence[Gauge]) -> str:
    """All of them as one text."""
    lines = []
    for gauge in gauges:
        name = f"quizline_gateway_{gauge.name}"
        lines += [f"# HELP {name} {gauge.help}", f"# TYPE {name} gauge", f"{name} {gauge.value:g}"]
    return "\n".join(lines) + "\n"
