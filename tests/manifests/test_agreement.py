"""Manifests and code say the same, both ways: variables, topics, names."""

import pytest

from shared.config import function_settings, gateway_settings
from shared.events.catalog import TOPICS
from tests.manifests.documents import FUNCTIONS, ROOT, Document, containers, of_kind, services, sources
from tests.manifests.variables import FRAMEWORK, KAFKA_SECURITY, SECRET, read_by

by_function = pytest.mark.parametrize("name", FUNCTIONS)


def variables(name: str) -> dict[str, Document]:
    return {variable["name"]: variable for variable in containers()[name]["env"]}


@by_function
def test_variables_of_a_function_are_those_that_its_settings_read(name: str) -> None:
    """Nothing is missing, nothing is set in vain."""
    assert set(variables(name)) == (read_by(function_settings) - KAFKA_SECURITY) | FRAMEWORK


def test_variables_of_the_gateway_are_those_that_its_settings_read() -> None:
    """Nothing is missing, nothing is set in vain."""
    assert set(variables("gateway")) == read_by(gateway_settings) - KAFKA_SECURITY


def test_secret_variables_come_from_the_secret_and_others_do_not() -> None:
    """What may hold credentials is never in the ConfigMap, nor in a manifest."""
    for name in containers():
        from_secret = {key for key, one in variables(name).items() if "secretKeyRef" in one.get("valueFrom", {})}
        assert from_secret == SECRET & set(variables(name))


def test_config_map_has_the_keys_that_are_referred_to() -> None:
    """A missing key keeps a pod from starting, an unused one misleads."""
    references = [
        one["valueFrom"]["configMapKeyRef"]
        for name in containers()
        for one in variables(name).values()
        if "configMapKeyRef" in one.get("valueFrom", {})
    ]
    assert {reference["name"] for reference in references} == {"quizline"}
    assert {reference["key"] for reference in references} == set(of_kind("ConfigMap")["quizline"]["data"])


def test_topics_are_those_of_the_catalogue() -> None:
    """Every topic that code names exists, and none besides."""
    assert set(of_kind("KafkaTopic")) == set(TOPICS)


def test_topics_of_sources_are_of_the_catalogue() -> None:
    """No source waits for a topic that nobody writes."""
    assert {topic for source in sources().values() for topic in source["spec"]["topics"]} <= set(TOPICS)


def test_topics_belong_to_the_cluster_and_say_how_long_they_keep() -> None:
    """Strimzi finds them by its label; retention is a decision, not a default."""
    for topic in of_kind("KafkaTopic").values():
        assert topic["metadata"]["labels"]["strimzi.io/cluster"] == "quizline"
        assert topic["spec"]["config"]["min.insync.replicas"] <= topic["spec"]["replicas"]
        assert topic["spec"]["config"]["retention.ms"] >= 86_400_000


def test_functions_are_those_of_the_folder() -> None:
    """One folder, one Service, one source, of one name."""
    folders = {path.parent.name for path in (ROOT / "functions").glob("*/main.py")}
    assert set(services()) == set(sources()) == folders == set(FUNCTIONS)


@by_function
def test_function_framework_is_told_the_function_of_the_folder(name: str) -> None:
    """The same names as the plain command takes."""
    stated = {key: one["value"] for key, one in variables(name).items() if key in FRAMEWORK}
    assert stated == {
        "FUNCTION_SOURCE": f"functions/{name}/main.py",
        "FUNCTION_TARGET": name,
        "FUNCTION_SIGNATURE_TYPE": "cloudevent",
    }
    assert (ROOT / stated["FUNCTION_SOURCE"]).is_file()
