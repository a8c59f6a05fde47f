"""What holds for every container: image, user, resources, accounts."""

import re

import pytest

from tests.manifests.documents import Document, containers, of_kind, services

ALL = sorted(containers().items())
by_container = pytest.mark.parametrize(("name", "container"), ALL, ids=[name for name, _ in ALL])


@by_container
def test_image_has_an_exact_tag(name: str, container: Document) -> None:
    """A pod is what was tested: never `latest`, never without a tag."""
    assert re.fullmatch(rf"quizline/(functions-)?{name}:\d+\.\d+\.\d+", container["image"])


@by_container
def test_security_context_of_a_container_gives_nothing_away(name: str, container: Document) -> None:
    """Not root, nothing writable, no capability, no way up."""
    context = container["securityContext"]
    assert context["runAsNonRoot"] is True
    assert context["runAsUser"] > 0
    assert context["readOnlyRootFilesystem"] is True
    assert context["allowPrivilegeEscalation"] is False
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert context["seccompProfile"] == {"type": "RuntimeDefault"}


@by_container
def test_container_states_its_resources(name: str, container: Document) -> None:
    """The scheduler knows what it needs, the node what it may take at most."""
    for bound in ("requests", "limits"):
        assert set(container["resources"][bound]) == {"cpu", "memory"}


@by_container
def test_container_states_its_command(name: str, container: Document) -> None:
    """The manifest says what runs, so that the local runner starts the same."""
    assert container["command"]
    assert container["args"]


def test_workloads_run_under_accounts_without_a_token() -> None:
    """Nothing of ours talks to Kubernetes, so nothing gets a token for it."""
    accounts = of_kind("ServiceAccount")
    workloads = {**services(), **of_kind("Deployment")}
    used = {workload["spec"]["template"]["spec"]["serviceAccountName"] for workload in workloads.values()}
    assert used == set(accounts)
    assert all(account["automountServiceAccountToken"] is False for account in accounts.values())
