"""An overlay on a cluster, by kubectl on its current context: what it renders to, and what must be there before.

Refuses to make secrets up, and to delete what holds data.
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from knative.local.home import CHECKOUT

OVERLAYS = CHECKOUT / "knative" / "overlays"
# Data, or what whoever deploys made: these stay when the rest goes.
_KEPT = frozenset({"Namespace", "KafkaTopic", "KafkaUser", "Secret"})
_LOCAL = "local"

Resource = dict[str, Any]


class NoOverlay(Exception):
    """There is no such overlay to deploy."""


class KubectlFailed(Exception):
    """kubectl ended with an error; what it said stands on standard error already, or in the message."""


class Deployment:
    """The overlay called `name`. Raises NoOverlay, KubectlFailed."""

    def __init__(self, name: str) -> None:
        self._folder = overlay_folder(name)
        rendered = kubectl("kustomize", str(self._folder))
        self.resources: list[Resource] = [one for one in yaml.safe_load_all(rendered) if one]

    @property
    def namespace(self) -> str:
        """Where everything stands."""
        return str(self._named("Deployment", "gateway")["metadata"].get("namespace", "default"))

    def missing_secrets(self) -> list[str]:
        """Those that containers need and that nobody has made yet."""
        namespaces = [one for one in self.resources if one["kind"] == "Namespace"]
        if namespaces:
            apply(namespaces)
        there = json.loads(kubectl("get", "secrets", f"--namespace={self.namespace}", "--output=json"))["items"]
        names = {secret["metadata"]["name"] for secret in there}
        return sorted(needed_secrets(self.resources) - names)

    def install(self, *, ready_within_s: float) -> None:
        """Apply everything, and return when every function and the gateways are ready."""
        apply(self.resources)
        here, timeout = f"--namespace={self.namespace}", f"--timeout={ready_within_s:g}s"
        functions = [f"services.serving.knative.dev/{name}" for name in self._function_names()]
        kubectl("wait", "--for=condition=Ready", here, timeout, *functions)
        kubectl("rollout", "status", "deployment/gateway", here, timeout)

    def remove(self) -> list[str]:
        """Delete all but what holds data; what stays."""
        going = [one for one in self.resources if one["kind"] not in _KEPT]
        kubectl("delete", "--ignore-not-found", "--filename=-", given=_documents(going))
        return sorted({one["kind"] for one in self.resources} & _KEPT | {"Secret"})

    def _function_names(self) -> list[str]:
        return [
            one["metadata"]["name"]
            for one in self.resources
            if one["kind"] == "Service" and one["apiVersion"].startswith("serving.knative.dev/")
        ]

    def _named(self, kind: str, name: str) -> Resource:
        return next(one for one in self.resources if (one["kind"], one["metadata"]["name"]) == (kind, name))


def overlay_folder(name: str) -> Path:
    """Raises NoOverlay. The local one is the runner's: no cluster takes it."""
    known = sorted(one.parent.name for one in OVERLAYS.glob("*/kustomization.yaml") if one.parent.name != _LOCAL)
    if name not in known:
        raise NoOverlay(f"expected one of the overlays {', '.join(known)}, got {name!r}")
    return OVERLAYS / name


def needed_secrets(resources: Sequence[Resource]) -> set[str]:
    """Names of the Secrets that some container cannot start without."""
    found: set[str] = set()
    for resource in resources:
        spec = resource.get("spec", {}).get("template", {}).get("spec", {})
        for container in spec.get("containers", []):
            found |= {name for variable in container.get("env", []) if (name := _secret_of(variable))}
    return found


def apply(resources: Sequence[Resource]) -> None:
    """Create or change them. Raises KubectlFailed."""
    kubectl("apply", "--filename=-", given=_documents(resources))


def kubectl(*arguments: str, given: bytes | None = None) -> str:
    """What it says on standard output, `given` on its standard input. Raises KubectlFailed."""
    try:
        done = subprocess.run(("kubectl", *arguments), input=given, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise KubectlFailed("expected kubectl on the PATH, found none") from error
    if done.returncode != 0:
        raise KubectlFailed(f"kubectl {arguments[0]}: {done.stderr.decode().strip()}")
    return done.stdout.decode()


def _secret_of(variable: Mapping[str, Any]) -> str | None:
    reference = variable.get("valueFrom", {}).get("secretKeyRef", {})
    return None if reference.get("optional", False) else reference.get("name")


def _documents(resources: Sequence[Resource]) -> bytes:
    return msgspec.json.encode({"apiVersion": "v1", "kind": "List", "items": list(resources)})
