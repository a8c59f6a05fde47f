"""Reading manifests: typed, checked, and resolved to what a process is started with."""

from pathlib import Path

import msgspec
import pytest

from knative.local.runner.manifests import (
    Container,
    ManifestError,
    command_line,
    load,
    resolve_environment,
)

ROOT = Path(__file__).parents[3]
CONTAINER = {
    "image": "i",
    "command": ["serve"],
    "env": [
        {"name": "PLAIN", "value": "p"},
        {"name": "SETTING", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "setting"}}},
        {"name": "SECRET", "valueFrom": {"secretKeyRef": {"name": "c", "key": "secret"}}},
        {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        {"name": "MAYBE", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "maybe", "optional": True}}},
    ],
}
VALUES = {"configMap": {"setting": "s"}, "secret": {"secret": "x"}, "fieldRef": {"metadata.name": "pod-0"}}
SOURCE = """
apiVersion: sources.knative.dev/v1
kind: KafkaSource
metadata: {name: toy}
spec:
  topics: [t]
  consumerGroup: g
  ordering: %s
  sink: {ref: {kind: Service, name: %s}}
"""
SERVICE = """
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: toy}
spec: {template: {spec: {containers: [{image: i, command: [serve]}]}}}
"""


def container() -> Container:
    return msgspec.convert(CONTAINER, type=Container)


def folder(path: Path, *documents: str) -> Path:
    (path / "all.yaml").write_text("---".join(documents))
    return path


def test_load_of_the_base_finds_everything() -> None:
    """Five functions, their sources, the gateway and the topics."""
    manifests = load(ROOT / "knative" / "overlays" / "local")
    assert set(manifests.services) == set(manifests.sources) == {"join", "submit", "score", "rank", "broadcast"}
    assert set(manifests.deployments) == {"gateway"}
    assert "quiz.joins" in manifests.topics
    assert manifests.services["rank"].pod.container_concurrency == 100
    assert manifests.sources["rank"].spec.delivery.timeout.total_seconds() == 30


def test_load_of_a_source_without_delivery_has_knatives_defaults(tmp_path: Path) -> None:
    """Ten retries; with a `delivery` that says nothing of it there would be none."""
    delivery = load(folder(tmp_path, SERVICE, SOURCE % ("unordered", "toy"))).sources["toy"].spec.delivery
    assert (delivery.retry, delivery.backoff_delay.total_seconds()) == (10, 0.3)


def test_load_of_a_delivery_without_a_back_off_has_knatives_default(tmp_path: Path) -> None:
    """The control plane writes 200 ms, doubled each time."""
    source = SOURCE % ("unordered", "toy") + "  delivery: {retry: 3}\n"
    delivery = load(folder(tmp_path, SERVICE, source)).sources["toy"].spec.delivery
    assert (delivery.retry, delivery.backoff_policy) == (3, "exponential")
    assert delivery.backoff_delay.total_seconds() == 0.2


@pytest.mark.parametrize(
    ("ordering", "service", "named"), [("ordered", "toy", "ordering"), ("unordered", "other", "other")]
)
def test_load_of_what_it_cannot_do_names_it(tmp_path: Path, ordering: str, service: str, named: str) -> None:
    """Ordered delivery, and a sink that is not there, are refused at the start."""
    with pytest.raises(ManifestError, match=named):
        load(folder(tmp_path, SERVICE, SOURCE % (ordering, service)))


def test_load_of_a_kustomization_that_does_more_than_list_is_refused(tmp_path: Path) -> None:
    """Patches would be ignored silently."""
    (tmp_path / "kustomization.yaml").write_text("resources: []\npatches: []\n")
    with pytest.raises(ManifestError, match="patches"):
        load(tmp_path)


def test_load_of_an_overlay_reads_its_base_and_components(tmp_path: Path) -> None:
    """Folders that a kustomization names are read with theirs."""
    for name, text in (("base", SERVICE), ("component", SOURCE % ("unordered", "toy"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.yaml").write_text(text)
        (tmp_path / name / "kustomization.yaml").write_text("resources: [one.yaml]\n")
    (tmp_path / "overlay").mkdir()
    kustomization = "resources: [../base]\ncomponents: [../component]\n"
    (tmp_path / "overlay" / "kustomization.yaml").write_text(kustomization)
    manifests = load(tmp_path / "overlay")
    assert (set(manifests.services), set(manifests.sources)) == ({"toy"}, {"toy"})


def test_load_of_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A wrong path is said, not taken for a system without functions."""
    with pytest.raises(ManifestError, match=r"no \*\.yaml"):
        load(tmp_path)


def test_environment_is_resolved_from_values_secrets_and_fields() -> None:
    """An optional key that is missing leaves its variable out."""
    assert resolve_environment(container(), VALUES) == {
        "PLAIN": "p",
        "SETTING": "s",
        "SECRET": "x",
        "POD": "pod-0",
    }


@pytest.mark.parametrize("kind", ["configMap", "secret", "fieldRef"])
def test_environment_without_a_required_value_names_the_variable(kind: str) -> None:
    """A start without it would fail later and say less."""
    values = {**VALUES, kind: {}}
    with pytest.raises(ManifestError, match=f"expected {kind} to have"):
        resolve_environment(container(), values)


def test_values_given_win_over_those_of_the_config_map() -> None:
    """What the manifest states is the default."""
    manifests = load(ROOT / "knative" / "overlays" / "local")
    values = manifests.values({"configMap": {"QUIZLINE_LOG_LEVEL": "DEBUG"}, "secret": {}})
    assert values["configMap"]["QUIZLINE_LOG_LEVEL"] == "DEBUG"
    assert values["configMap"]["QUIZLINE_MONGODB_DATABASE"] == "quizline"


def test_command_line_expands_the_variables_it_knows() -> None:
    """As Kubernetes: an unknown one stays as it is written."""
    toy = Container(image="i", command=("serve",), args=("--port", "$(PORT)", "$(UNKNOWN)"))
    assert command_line(toy, {"PORT": "8123"}) == ["serve", "--port", "8123", "$(UNKNOWN)"]
