"""The manifests as they stand in the local overlay, which changes none: plain YAML, not the view of the runner."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
KNATIVE = ROOT / "knative"
LOCAL = KNATIVE / "overlays" / "local"
FUNCTIONS = ("join", "submit", "score", "rank", "broadcast")

Document = dict[str, Any]


def kustomization(folder: Path) -> Document:
    document: Document = yaml.safe_load((folder / "kustomization.yaml").read_text())
    return document


def listed(folder: Path) -> list[Path]:
    """Every file that the kustomization of `folder` lists, those of the folders that it names included."""
    stated = kustomization(folder)
    named = [(folder / name).resolve() for name in (*stated.get("resources", []), *stated.get("components", []))]
    return [file for one in named for file in (listed(one) if one.is_dir() else [one])]


@cache
def documents() -> list[Document]:
    """Every resource of the local overlay. Shared by all tests: copy before changing one."""
    return [document for file in listed(LOCAL) for document in yaml.safe_load_all(file.read_text())]


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
