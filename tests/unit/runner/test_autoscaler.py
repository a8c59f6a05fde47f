"""The autoscaler: averages in, a number of instances out, time as an argument."""

import pytest

from knative.local.runner.autoscaler import Autoscaler, ConcurrencyMeter, Scaling, ScalingError, scaling_of

PREFIX = "autoscaling.knative.dev/"


def scaling(
    *,
    target: float = 10,
    min_scale: int = 0,
    max_scale: int = 0,
    window_s: float = 20,
    panic_threshold: float = 2,
    scale_down_delay_s: float = 0,
) -> Scaling:
    return Scaling(
        target=target,
        min_scale=min_scale,
        max_scale=max_scale,
        window_s=window_s,
        panic_window_s=window_s / 10,
        panic_threshold=panic_threshold,
        scale_down_delay_s=scale_down_delay_s,
    )


class Timeline:
    """Feeds an autoscaler one average a second and keeps what it decided; `ready` follows each decision."""

    def __init__(self, asked: Scaling, *, ready: int = 1) -> None:
        self._autoscaler = Autoscaler(asked)
        self._now_s = 0.0
        self.ready = ready

    def seconds(self, count: int, concurrency: float) -> int:
        """The last decision."""
        for _ in range(count):
            self._now_s += 1
            self._autoscaler.observe(concurrency, now_s=self._now_s)
            self.ready = self._autoscaler.desired(ready=self.ready, now_s=self._now_s)
        return self.ready


def test_scaling_of_annotations_takes_the_lower_target_times_the_utilisation() -> None:
    """The effective target is min(target, containerConcurrency) times utilisation."""
    asked = scaling_of(
        {PREFIX + "target": "80", PREFIX + "target-utilization-percentage": "50", PREFIX + "window": "1m30s"},
        container_concurrency=40,
    )
    assert asked.target == 20
    assert asked.window_s == 90
    assert asked.panic_window_s == 9


def test_scaling_of_nothing_has_the_defaults_of_knative() -> None:
    """Target 100 at 70 %, a window of a minute, no limits."""
    asked = scaling_of({}, container_concurrency=0)
    assert (asked.target, asked.min_scale, asked.max_scale) == (70, 0, 0)
    assert (asked.window_s, asked.panic_threshold, asked.scale_down_delay_s) == (60, 2, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("class", "hpa.autoscaling.knative.dev"), ("metric", "rps"), ("target", "many"), ("window", "15")],
)
def test_scaling_of_what_it_cannot_do_names_the_annotation(name: str, value: str) -> None:
    """An annotation that would be ignored is refused."""
    with pytest.raises(ScalingError, match=name):
        scaling_of({PREFIX + name: value}, container_concurrency=0)


def test_desired_under_steady_load_is_the_average_over_the_target() -> None:
    """34 requests at a target of 10 want four instances."""
    assert Timeline(scaling()).seconds(30, 34) == 4


def test_desired_within_the_window_of_one_event_stays_one() -> None:
    """One short request keeps an instance until the window has passed."""
    timeline = Timeline(scaling(window_s=20))
    timeline.seconds(1, 0.01)
    assert timeline.seconds(19, 0) == 1
    assert timeline.seconds(1, 0) == 0


def test_desired_never_exceeds_the_maximum() -> None:
    """However much waits."""
    assert Timeline(scaling(max_scale=3)).seconds(5, 1_000) == 3


def test_desired_never_falls_below_the_minimum() -> None:
    """However long nothing comes."""
    assert Timeline(scaling(min_scale=2), ready=2).seconds(60, 0) == 2


def test_desired_in_a_burst_panics_before_the_window_agrees() -> None:
    """Twice what is ready within a tenth of the window scales up at once."""
    timeline = Timeline(scaling(window_s=20))
    timeline.seconds(19, 1)
    assert timeline.seconds(2, 45) == 5


def test_desired_below_the_panic_threshold_waits_for_the_window() -> None:
    """Less than twice what is ready is no panic."""
    timeline = Timeline(scaling(window_s=20))
    timeline.seconds(30, 34)
    assert timeline.seconds(2, 60) == 4


def test_desired_in_a_panic_never_falls_until_a_window_has_passed() -> None:
    """A burst is often followed by the next."""
    timeline = Timeline(scaling(window_s=20))
    timeline.seconds(2, 45)
    assert timeline.seconds(19, 1) == 5
    assert timeline.seconds(4, 1) < 5


def test_desired_on_the_way_down_halves_at_most() -> None:
    """Eight instances become four, two, one, none."""
    timeline = Timeline(scaling(window_s=1, panic_threshold=100), ready=8)
    assert [timeline.seconds(1, 0) for _ in range(4)] == [4, 2, 1, 0]


def test_desired_with_a_scale_down_delay_holds_the_most_of_that_time() -> None:
    """Instances of a burst stay for the delay after the window let go."""
    timeline = Timeline(scaling(window_s=1, panic_threshold=100, scale_down_delay_s=10), ready=1)
    timeline.seconds(3, 40)
    assert timeline.seconds(10, 0) == 4
    assert timeline.seconds(1, 0) < 4


def test_meter_weighs_levels_by_their_time() -> None:
    """Two requests for a quarter of the time and one for a half are one on average."""
    meter = ConcurrencyMeter(now_s=0)
    meter.change(+2, now_s=0.25)
    meter.change(-1, now_s=0.5)
    assert meter.take(now_s=1.0) == pytest.approx(1.0)
    assert meter.take(now_s=2.0) == pytest.approx(1.0)


def test_meter_after_a_short_request_is_not_zero() -> None:
    """What came and went between two looks counts."""
    meter = ConcurrencyMeter(now_s=0)
    meter.change(+1, now_s=0.5)
    meter.change(-1, now_s=0.501)
    assert 0 < meter.take(now_s=1.0) < 0.01
