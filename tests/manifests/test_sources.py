"""The KafkaSources: what triggers a function, and that no event is lost on the way to it."""

import pytest

from knative.local.runner.delivery import backoff_s
from knative.local.runner.manifests import load
from shared.events import catalog
from tests.manifests.documents import FUNCTIONS, LOCAL, of_kind, sources

# The way of the data, as the design draws it. quiz.sessions warms every function when a lobby opens, quiz.wakes
# those behind submit when an answer comes after a pause.
TRIGGERS = {
    "join": {catalog.JOINS, catalog.SESSIONS},
    "submit": {catalog.ANSWERS_SUBMITTED, catalog.SESSIONS},
    "score": {catalog.ANSWERS_ACCEPTED, catalog.SESSIONS, catalog.WAKES},
    "rank": {catalog.SCORES, catalog.SESSIONS, catalog.WAKES},
    "broadcast": {catalog.LEADERBOARDS, catalog.PLAYERS, catalog.SESSIONS, catalog.WAKES},
}

by_function = pytest.mark.parametrize("name", FUNCTIONS)


@by_function
def test_source_takes_the_topics_of_its_step(name: str) -> None:
    """Each function is triggered by its own topics and nothing else."""
    assert set(sources()[name]["spec"]["topics"]) == TRIGGERS[name]


@by_function
def test_source_brings_events_to_its_own_function(name: str) -> None:
    """One source a function, and no function calls another."""
    assert sources()[name]["spec"]["sink"]["ref"] == {
        "apiVersion": "serving.knative.dev/v1",
        "kind": "Service",
        "name": name,
    }


@by_function
def test_source_states_what_knative_would_choose_badly(name: str) -> None:
    """Defaults are a random group, only what is new, and one event in flight a partition."""
    spec = sources()[name]["spec"]
    assert spec["consumerGroup"] == f"quizline-{name}"
    assert spec["initialOffset"] == "earliest"
    assert spec["ordering"] == "unordered"


@by_function
def test_source_loses_no_event(name: str) -> None:
    """`delivery` replaces the default whole: retries, back-off, time-out and dead letters all stand there."""
    delivery = sources()[name]["spec"]["delivery"]
    assert delivery["retry"] >= 5
    assert delivery["backoffPolicy"] == "exponential"
    assert {"backoffDelay", "timeout"} <= set(delivery)
    assert delivery["deadLetterSink"]["ref"] == {
        "apiVersion": "eventing.knative.dev/v1alpha1",
        "kind": "KafkaSink",
        "name": "quizline-dead-letters",
    }


@by_function
def test_source_sits_out_an_outage_of_a_store(name: str) -> None:
    """The first retry comes within a cold start, the last after at least three minutes."""
    delivery = load(LOCAL).sources[name].spec.delivery
    waits_s = [backoff_s(delivery, retry) for retry in range(1, delivery.retry + 1)]
    assert waits_s[0] < 0.4
    assert sum(waits_s) >= 180


@by_function
def test_source_has_no_more_consumers_than_partitions(name: str) -> None:
    """A consumer without a partition does nothing."""
    topics = of_kind("KafkaTopic")
    spec = sources()[name]["spec"]
    assert spec["consumers"] <= max(topics[topic]["spec"]["partitions"] for topic in spec["topics"])


def test_dead_letters_go_to_their_topic_in_binary_mode() -> None:
    """Their attributes stay readable whatever the data are."""
    [sink] = of_kind("KafkaSink").values()
    assert sink["spec"]["topic"] == catalog.DEAD_LETTERS
    assert sink["spec"]["contentMode"] == "binary"


def test_bootstrap_address_is_the_same_everywhere() -> None:
    """Sources and sink cannot read the ConfigMap, so the address stands there again."""
    stated = [one["spec"]["bootstrapServers"] for one in (*sources().values(), *of_kind("KafkaSink").values())]
    expected = of_kind("ConfigMap")["quizline"]["data"]["QUIZLINE_KAFKA_BOOTSTRAP"].split(",")
    assert all(addresses == expected for addresses in stated)
