"""The functions' Knative Services: visibility, scaling, how they are started and when they are ready."""

import math

import pytest

from gateway.sessions.awakening import PAUSE_MS
from knative.local.runner.autoscaler import scaling_of
from knative.local.runner.source import IN_FLIGHT_PER_CONSUMER
from tests.manifests.documents import FUNCTIONS, Document, containers, services, sources

by_function = pytest.mark.parametrize("name", FUNCTIONS)


def pod(name: str) -> Document:
    spec: Document = services()[name]["spec"]["template"]["spec"]
    return spec


def annotations(name: str) -> dict[str, str]:
    found: dict[str, str] = services()[name]["spec"]["template"]["metadata"]["annotations"]
    return found


@by_function
def test_service_is_reached_from_within_the_cluster_only(name: str) -> None:
    """Only its source calls a function."""
    assert services()[name]["metadata"]["labels"]["networking.knative.dev/visibility"] == "cluster-local"


@by_function
def test_autoscaling_stands_on_the_template(name: str) -> None:
    """Knative looks for it there alone; on the Service it would be ignored."""
    assert "annotations" not in services()[name]["metadata"]
    prefix = "autoscaling.knative.dev/"
    stated = {key.removeprefix(prefix) for key in annotations(name)}
    assert stated >= {
        "class",
        "metric",
        "target",
        "target-utilization-percentage",
        "min-scale",
        "max-scale",
        "window",
    }


@by_function
def test_scaling_goes_to_zero(name: str) -> None:
    """Nobody plays: nothing runs."""
    scaling = scaling_of(annotations(name), container_concurrency=pod(name)["containerConcurrency"])
    assert scaling.min_scale == 0
    assert 6 <= scaling.window_s <= 60  # what Knative accepts, and what is worth calling scale to zero


@by_function
def test_scaling_reaches_its_maximum_with_what_the_source_keeps_in_flight(name: str) -> None:
    """The autoscaler sees nothing else: a higher target never leaves one pod, a higher maximum is never met."""
    scaling = scaling_of(annotations(name), container_concurrency=pod(name)["containerConcurrency"])
    in_flight = sources()[name]["spec"]["consumers"] * IN_FLIGHT_PER_CONSUMER
    reachable = math.ceil(in_flight / scaling.target)
    assert reachable > 1
    assert scaling.max_scale in {reachable - 1, reachable}


def test_pause_after_which_an_answer_wakes_the_pipeline_is_shorter_than_every_window() -> None:
    """Whoever had an event within the pause is still there; were it longer, an answer could meet sleepers."""
    windows_s = [scaling_of(annotations(name), container_concurrency=0).window_s for name in FUNCTIONS]
    assert min(windows_s) > PAUSE_MS / 1_000


@by_function
def test_request_time_out_lies_between_the_work_and_the_source(name: str) -> None:
    """Longer than the 8 s that a function waits for Kafka, shorter than the source waits for the function."""
    assert 8 < pod(name)["timeoutSeconds"] < 30


@by_function
def test_waiting_functions_take_many_requests_at_once(name: str) -> None:
    """A request may wait for a tick, and a bulk is written for many."""
    assert pod(name)["containerConcurrency"] >= (100 if name in {"rank", "broadcast"} else 50)


@by_function
def test_readiness_probe_opens_the_port(name: str) -> None:
    """A GET would be answered 405: functions take POST only."""
    probe = containers()[name]["readinessProbe"]
    assert "tcpSocket" in probe
    assert "httpGet" not in probe


@by_function
def test_function_starts_on_the_port_that_knative_gives(name: str) -> None:
    """The port is Knative's to choose, so no variable of ours sets it."""
    container = containers()[name]
    arguments = container["args"]
    assert arguments[arguments.index("--port") + 1] == "$(PORT)"
    assert "PORT" not in {variable["name"] for variable in container["env"]}


@by_function
def test_function_keeps_idle_connections_longer_than_proxies_do(name: str) -> None:
    """Else a request meets a connection that is being closed."""
    arguments = containers()[name]["args"]
    assert int(arguments[arguments.index("--timeout-keep-alive") + 1]) > 600


@by_function
def test_function_is_imported_before_its_port_opens(name: str) -> None:
    """Readiness means that the code is there; code that cannot be imported stops the start."""
    arguments = containers()[name]["args"]
    assert arguments[arguments.index("--lifespan") + 1] == "on"


def test_services_leave_out_what_knative_rejects() -> None:
    """Its webhook refuses these fields."""
    for name in FUNCTIONS:
        assert "terminationGracePeriodSeconds" not in pod(name)
        assert "lifecycle" not in containers()[name]
        assert "securityContext" not in pod(name)  # a feature flag that is off by default
