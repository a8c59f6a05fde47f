"""The gateway's Deployment: rolled without dropping a player."""

from tests.manifests.documents import Document, containers, of_kind


def deployment() -> Document:
    spec: Document = of_kind("Deployment")["gateway"]["spec"]
    return spec


def test_gateway_is_never_fewer_than_its_replicas_while_rolled() -> None:
    """A new one is ready before an old one goes."""
    assert deployment()["replicas"] >= 2
    assert deployment()["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}


def test_gateway_has_time_to_say_goodbye() -> None:
    """The grace covers the pause before SIGTERM and closing every connection with jitter."""
    pause_s = containers()["gateway"]["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert 0 < pause_s < deployment()["template"]["spec"]["terminationGracePeriodSeconds"] - 30


def test_gateway_is_probed_where_it_answers() -> None:
    """Ready means takes connections; alive means do not restart it."""
    container = containers()["gateway"]
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "http"}
    assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "http"}
    assert {"name": "http", "containerPort": 8080} in container["ports"]
    assert {"name": "PORT", "value": "8080"} in container["env"]


def test_gateway_is_named_by_its_pod() -> None:
    """Two gateways must never share a name: each has its channel under it."""
    [variable] = [one for one in containers()["gateway"]["env"] if one["name"] == "QUIZLINE_GATEWAY_ID"]
    assert variable["valueFrom"] == {"fieldRef": {"fieldPath": "metadata.name"}}


def test_gateway_gets_no_variables_of_service_links() -> None:
    """They would begin with the Services' names."""
    assert deployment()["template"]["spec"]["enableServiceLinks"] is False


def test_gateway_selectors_meet_its_pods() -> None:
    """Service, budget and Deployment select the pods that the template makes."""
    labels = deployment()["template"]["metadata"]["labels"]
    service = of_kind("Service", api="v1")["gateway"]["spec"]
    budget = of_kind("PodDisruptionBudget")["gateway"]["spec"]
    for selector in (
        deployment()["selector"]["matchLabels"],
        service["selector"],
        budget["selector"]["matchLabels"],
    ):
        assert selector.items() <= labels.items()
    assert service["ports"] == [{"name": "http", "port": 80, "targetPort": "http"}]
    assert budget["maxUnavailable"] == 1
