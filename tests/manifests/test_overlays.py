"""What holds for every overlay, as rendered; and what each of them is for."""

import re

import pytest

from shared.config import function_settings, gateway_settings
from shared.events.catalog import TOPICS
from tests.manifests.crd import errors_of, schema_of
from tests.manifests.documents import FUNCTIONS, Document, documents
from tests.manifests.rendered import OVERLAYS, containers, of_kind, rendered
from tests.manifests.variables import FRAMEWORK, KAFKA_SECURITY, SECRET, read_by

KUBERNETES_OWN = {
    "ConfigMap",
    "Deployment",
    "Namespace",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Service",
    "ServiceAccount",
}

by_overlay = pytest.mark.parametrize("overlay", OVERLAYS)
deployed = pytest.mark.parametrize("overlay", ["cluster", "production"])


def key_of(document: Document) -> tuple[str, str, str]:
    return document["apiVersion"], document["kind"], document["metadata"]["name"]


def variables(container: Document) -> dict[str, Document]:
    return {variable["name"]: variable for variable in container["env"]}


@by_overlay
def test_overlay_rendered_fits_the_definitions(overlay: str) -> None:
    """Patches, too, name fields that the operators know."""
    custom = [one for one in rendered(overlay) if schema_of(one["apiVersion"], one["kind"])]
    assert {key_of(one): errors_of(one) for one in custom if errors_of(one)} == {}
    assert {one["kind"] for one in rendered(overlay) if one not in custom} <= KUBERNETES_OWN


@by_overlay
def test_overlay_runs_every_part_as_it_was_built(overlay: str) -> None:
    """Five functions and the gateway, each by an exact tag, python3 first: what a plain base image has."""
    found = containers(overlay)
    assert set(found) == {*FUNCTIONS, "gateway"}
    for name, container in found.items():
        assert re.fullmatch(rf"[a-z./-]*[/-]{name}:\d+\.\d+\.\d+", container["image"])
        assert container["command"] == ["python3"]


@by_overlay
def test_overlay_gives_no_container_more_than_it_needs(overlay: str) -> None:
    """Not root and nothing writable, whatever was patched."""
    for container in containers(overlay).values():
        context = container["securityContext"]
        assert context["runAsNonRoot"] is True
        assert context["readOnlyRootFilesystem"] is True
        assert context["allowPrivilegeEscalation"] is False
        assert all(mount["readOnly"] for mount in container.get("volumeMounts", []))


@by_overlay
def test_overlay_keeps_autoscaling_on_the_template(overlay: str) -> None:
    """Knative looks there alone."""
    for service in of_kind(overlay, "Service", api="serving.").values():
        assert "annotations" not in service["metadata"]
        assert "autoscaling.knative.dev/target" in service["spec"]["template"]["metadata"]["annotations"]


@by_overlay
def test_overlay_sets_no_variable_that_the_settings_do_not_read(overlay: str) -> None:
    """A name that nobody reads would be believed."""
    for name, container in containers(overlay).items():
        known = read_by(gateway_settings) if name == "gateway" else read_by(function_settings) | FRAMEWORK
        assert set(variables(container)) <= known
        assert set(variables(container)) >= known - KAFKA_SECURITY


@by_overlay
def test_overlay_holds_no_secret(overlay: str) -> None:
    """Credentials are referred to: in no ConfigMap, in no manifest."""
    assert of_kind(overlay, "Secret") == {}
    for container in containers(overlay).values():
        for name, variable in variables(container).items():
            assert ("secretKeyRef" in variable.get("valueFrom", {})) == (name in SECRET)


@deployed
def test_overlay_puts_everything_into_its_namespace(overlay: str) -> None:
    """Nothing lands wherever the context happens to point."""
    for document in rendered(overlay):
        if document["kind"] != "Namespace":
            assert document["metadata"]["namespace"] == "quizline"


@deployed
def test_network_policies_mean_every_function_and_nothing_that_is_not_there(overlay: str) -> None:
    """A function that the list forgets would be open."""
    selector = of_kind(overlay, "NetworkPolicy")["functions"]["spec"]["podSelector"]
    assert set(selector["matchExpressions"][0]["values"]) == set(FUNCTIONS)
    part = of_kind(overlay, "NetworkPolicy")["stores"]["spec"]["podSelector"]["matchLabels"]
    workloads = {**of_kind(overlay, "Service", api="serving."), **of_kind(overlay, "Deployment")}
    assert set(workloads) == {*FUNCTIONS, "gateway"}
    for workload in workloads.values():
        assert part.items() <= workload["spec"]["template"]["metadata"]["labels"].items()


def test_local_overlay_is_what_the_runner_reads() -> None:
    """It is read without kustomize, so kustomize must not make anything else of it."""
    assert {key_of(one): one for one in rendered("local")} == {key_of(one): one for one in documents()}


def test_cluster_overlay_needs_serving_alone() -> None:
    """It is for a cluster that has no other operator, and whose images come from no registry."""
    custom = {one["apiVersion"] for one in rendered("cluster") if schema_of(one["apiVersion"], one["kind"])}
    assert custom == {"serving.knative.dev/v1"}
    assert all(one["image"].startswith("dev.local/quizline-") for one in containers("cluster").values())


def test_production_keeps_what_is_acknowledged_on_two_brokers() -> None:
    """One of three may be lost."""
    topics = of_kind("production", "KafkaTopic")
    assert set(topics) == set(TOPICS)
    for topic in topics.values():
        assert topic["spec"]["replicas"] == 3
        assert topic["spec"]["config"]["min.insync.replicas"] == 2


def test_production_reaches_kafka_by_tls_and_password_everywhere() -> None:
    """Functions, gateway, sources and sink: the same address, the same Secret."""
    address = of_kind("production", "ConfigMap")["quizline"]["data"]["QUIZLINE_KAFKA_BOOTSTRAP"]
    sources, [sink] = of_kind("production", "KafkaSource"), of_kind("production", "KafkaSink").values()
    assert address.endswith(":9093")
    assert set(sources) == set(FUNCTIONS)
    for one in (*sources.values(), sink):
        assert one["spec"]["bootstrapServers"] == [address]
    assert sink["spec"]["auth"]["secret"]["ref"]["name"] == "quizline-kafka"
    for source in sources.values():
        assert source["spec"]["net"]["tls"]["enable"] is True
        assert source["spec"]["net"]["sasl"]["enable"] is True
    for container in containers("production").values():
        assert set(variables(container)) >= KAFKA_SECURITY


def test_production_scales_sources_within_their_partitions_and_never_to_none() -> None:
    """A consumer more does nothing; none would have to join its group before the first answer."""
    partitions = max(one["spec"]["partitions"] for one in of_kind("production", "KafkaTopic").values())
    for source in of_kind("production", "KafkaSource").values():
        annotations = source["metadata"]["annotations"]
        assert annotations["autoscaling.eventing.knative.dev/min-scale"] == "1"
        assert int(annotations["autoscaling.eventing.knative.dev/max-scale"]) <= partitions


def test_production_leaves_the_number_of_gateways_to_the_autoscaler() -> None:
    """Stated in the Deployment as well, every apply would drop the players of those above."""
    scaled = of_kind("production", "ScaledObject")["gateway"]["spec"]
    assert scaled["scaleTargetRef"]["name"] == "gateway"
    assert scaled["minReplicaCount"] >= 2
    assert "replicas" not in of_kind("production", "Deployment")["gateway"]["spec"]
    assert "quizline_gateway_connections" in scaled["triggers"][0]["metadata"]["query"]


def test_pod_monitors_name_ports_that_the_pods_have() -> None:
    """The gateway's own, and the one of every function's queue-proxy."""
    monitors = of_kind("production", "PodMonitor")
    ports = {name: one["spec"]["podMetricsEndpoints"][0]["port"] for name, one in monitors.items()}
    assert ports == {"gateway": "http", "functions": "http-usermetric"}
    assert {one["name"] for one in containers("production")["gateway"]["ports"]} == {"http"}
