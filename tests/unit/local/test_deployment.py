"""What a deployment needs before it starts, read off its manifests."""

import pytest

from knative.local.deployment import NoOverlay, needed_secrets, overlay_folder


def test_needed_secrets_are_those_that_containers_refer_to() -> None:
    """An optional one is not needed; a ConfigMap is none."""
    variables = [
        {"name": "A", "valueFrom": {"secretKeyRef": {"name": "stores", "key": "A"}}},
        {"name": "B", "valueFrom": {"secretKeyRef": {"name": "maybe", "key": "B", "optional": True}}},
        {"name": "C", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "C"}}},
        {"name": "D", "value": "d"},
    ]
    service = {"kind": "Service", "spec": {"template": {"spec": {"containers": [{"env": variables}]}}}}
    assert needed_secrets([service, {"kind": "ConfigMap", "data": {}}]) == {"stores"}


@pytest.mark.parametrize("name", ["local", "nowhere", ""])
def test_overlay_that_no_cluster_takes_is_refused(name: str) -> None:
    """The local one is the runner's."""
    with pytest.raises(NoOverlay, match="expected one of the overlays cluster, production, got"):
        overlay_folder(name)
