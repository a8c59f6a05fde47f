"""The overlays as kustomize makes them: what an API server is given."""

import shutil
import subprocess
from functools import cache

import pytest
import yaml

from tests.manifests.documents import KNATIVE, Document

OVERLAYS = ("local", "cluster", "production")

_WITHIN_S = 60


@cache
def rendered(overlay: str) -> list[Document]:
    """Skips where there is neither kubectl nor kustomize: nothing else renders as they do. Copy to change."""
    command = _command()
    if command is None:
        pytest.skip("needs kubectl or kustomize on the PATH")
    done = subprocess.run(
        [*command, str(KNATIVE / "overlays" / overlay)],
        capture_output=True,
        text=True,
        timeout=_WITHIN_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(yaml.load_all(done.stdout, yaml.CSafeLoader))


def of_kind(overlay: str, kind: str, *, api: str = "") -> dict[str, Document]:
    """Resources of one kind by name; `api` tells Knative's Service from Kubernetes'."""
    return {
        document["metadata"]["name"]: document
        for document in rendered(overlay)
        if document["kind"] == kind and document["apiVersion"].startswith(api)
    }


def containers(overlay: str) -> dict[str, Document]:
    """The container of every function and of the gateway, by name."""
    workloads = {**of_kind(overlay, "Service", api="serving."), **of_kind(overlay, "Deployment")}
    return {name: workload["spec"]["template"]["spec"]["containers"][0] for name, workload in workloads.items()}


def _command() -> list[str] | None:
    if shutil.which("kustomize"):
        return ["kustomize", "build"]
    if shutil.which("kubectl"):
        return ["kubectl", "kustomize"]
    return None
