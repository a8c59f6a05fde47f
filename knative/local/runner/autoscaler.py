"""Knative's Pod Autoscaler, made small and pure: averages of concurrency in, a number of instances out.

Time is an argument; nothing here reads a clock, waits or starts anything. The rules are Knative Serving's
(pkg/autoscaler/scaling/autoscaler.go); docs/runner.md lists what is left out.
"""

import math
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

_PREFIX = "autoscaling.knative.dev/"
_GO_DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


class ScalingError(Exception):
    """An autoscaling annotation that cannot be honoured; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """What the annotations of a revision ask for. `target` is effective: already times the utilisation.

    `max_scale` 0 means without limit. `panic_threshold` is a ratio of wanted to ready instances.
    """

    target: float
    min_scale: int
    max_scale: int
    window_s: float
    panic_window_s: float
    panic_threshold: float
    scale_down_delay_s: float


def scaling_of(annotations: Mapping[str, str], *, container_concurrency: int) -> Scaling:
    """Knative's defaults where an annotation is missing. Raises ScalingError."""
    _expect(annotations, "class", "kpa.autoscaling.knative.dev")
    _expect(annotations, "metric", "concurrency")
    target = _number(annotations, "target", 100)
    if container_concurrency:
        target = min(target, container_concurrency)
    window_s = _duration(annotations, "window", "60s")
    return Scaling(
        target=max(0.01, target * _number(annotations, "target-utilization-percentage", 70) / 100),
        min_scale=int(_number(annotations, "min-scale", 0)),
        max_scale=int(_number(annotations, "max-scale", 0)),
        window_s=window_s,
        panic_window_s=window_s * _number(annotations, "panic-window-percentage", 10) / 100,
        panic_threshold=_number(annotations, "panic-threshold-percentage", 200) / 100,
        scale_down_delay_s=_duration(annotations, "scale-down-delay", "0s"),
    )


class ConcurrencyMeter:
    """The time-weighted average of how many requests a revision has, running and waiting."""

    def __init__(self, *, now_s: float) -> None:
        self.level = 0
        self._since_s = self._taken_s = now_s
        self._area = 0.0

    def change(self, delta: int, *, now_s: float) -> None:
        """A request came (+1) or went (-1)."""
        self._area += self.level * (now_s - self._since_s)
        self._since_s = now_s
        self.level += delta

    def take(self, *, now_s: float) -> float:
        """The average since the last take."""
        self.change(0, now_s=now_s)
        elapsed_s, self._taken_s = now_s - self._taken_s, now_s
        average = self._area / elapsed_s if elapsed_s > 0 else float(self.level)
        self._area = 0.0
        return average


class Autoscaler:
    """Decides how many instances a revision should have. It forgets what is older than the window."""

    def __init__(self, scaling: Scaling) -> None:
        self._scaling = scaling
        self._samples: deque[tuple[float, float]] = deque()
        self._decisions: deque[tuple[float, int]] = deque()
        self._panic_since_s: float | None = None
        self._panic_peak = 0

    def observe(self, concurrency: float, *, now_s: float) -> None:
        """`concurrency`: the average over the time since the last call, which ended now."""
        self._samples.append((now_s, concurrency))
        while self._samples[0][0] <= now_s - self._scaling.window_s:
            self._samples.popleft()

    def desired(self, *, ready: int, now_s: float) -> int:
        """How many instances there should be, `ready` of which are there. Zero only after an empty window."""
        stable = self._wanted(self._average(self._scaling.window_s, now_s))
        panic = self._wanted(self._average(self._scaling.panic_window_s, now_s))
        # Knative halves at most at a time on the way down (max-scale-down-rate 2).
        wanted = max(stable, ready // 2)
        wanted = self._panicked(wanted, panic, ready=ready, now_s=now_s)
        return self.within_limits(self._delayed(wanted, now_s))

    def within_limits(self, wanted: int) -> int:
        """`wanted` held between min-scale and max-scale."""
        limited = min(wanted, self._scaling.max_scale) if self._scaling.max_scale else wanted
        return max(limited, self._scaling.min_scale)

    def _wanted(self, average: float) -> int:
        return math.ceil(average / self._scaling.target)

    def _average(self, window_s: float, now_s: float) -> float:
        recent = [concurrency for at_s, concurrency in self._samples if at_s > now_s - window_s]
        return sum(recent) / len(recent) if recent else 0.0

    def _panicked(self, wanted: int, panic: int, *, ready: int, now_s: float) -> int:
        """In a panic the count only rises; it ends once a whole window passed without a reason for it."""
        if panic / max(1, ready) >= self._scaling.panic_threshold:
            self._panic_since_s = now_s
        elif self._panic_since_s is not None and now_s - self._panic_since_s > self._scaling.window_s:
            self._panic_since_s = None
        if self._panic_since_s is None:
            self._panic_peak = 0
            return wanted
        self._panic_peak = max(self._panic_peak, wanted, panic, ready)
        return self._panic_peak

    def _delayed(self, wanted: int, now_s: float) -> int:
        """The most that was wanted within the scale-down delay."""
        self._decisions.append((now_s, wanted))
        while self._decisions[0][0] < now_s - self._scaling.scale_down_delay_s:
            self._decisions.popleft()
        return max(count for _, count in self._decisions)


def _expect(annotations: Mapping[str, str], name: str, expected: str) -> None:
    got = annotations.get(_PREFIX + name, expected)
    if got != expected:
        raise ScalingError(f"{_PREFIX}{name}: expected {expected}, got {got}")


def _number(annotations: Mapping[str, str], name: str, default: float) -> float:
    text = annotations.get(_PREFIX + name)
    if text is None:
        return default
    try:
        return float(text)
    except ValueError as error:
        raise ScalingError(f"{_PREFIX}{name}: expected a number, got {text!r}") from error


def _duration(annotations: Mapping[str, str], name: str, default: str) -> float:
    text = annotations.get(_PREFIX + name, default)
    parts = _GO_DURATION_PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise ScalingError(f"{_PREFIX}{name}: expected a duration such as 15s or 1m30s, got {text!r}")
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)
