"""The manifests as they stand: plain YAML documents, not the runner's view of them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
BASE = ROOT / "knative" / "base"
FUNCTIONS = ("join", "submit", "score", "rank", "broadcast")

Document = dict[str, Any]


def kustomization() -> Document:
    document: Document = yaml.safe_load((BASE / "kustomization.yaml").read_text())
    return document


@cache
def documents() -> list[Document]:
    """Every resource that the kustomization lists. Shared by all tests: copy before changing one."""
    files = [BASE / name for name in kustomization()["resources"]]
    return [document for file in files for document in yaml.safe_load_all(file.read_text())]


def of_kind(kind: str, *, api: str = "") -> dict[str, Document]:
    """Resources of one kind by name; `api` tells Knative's Service from Kubernetes'."""
    return {
        document["metadata"]["name"]: document
        for document in documents()
        if document["kind"] == kind and document["apiVersion"].startswith(api)
    }


def services() -> dict[str, Document]:
    return of_kind("Service", api="serving.knative.dev/")


def sources() -> dict[str, Document]:
    return of_kind("KafkaSource")


def containers() -> dict[str, Document]:
    """The container of every function and of the gateway, by name."""
    workloads = {**services(), **of_kind("Deployment")}
    return {name: workload["spec"]["template"]["spec"]["containers"][0] for name, workload in workloads.items()}
