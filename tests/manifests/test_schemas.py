"""The manifests against the definitions that the operators ship."""

from copy import deepcopy

import pytest

from tests.manifests.crd import errors_of, schema_of
from tests.manifests.documents import KNATIVE, Document, documents, kustomization, services

KUBERNETES_OWN = {"ConfigMap", "Deployment", "PodDisruptionBudget", "Service", "ServiceAccount"}


CUSTOM = [document for document in documents() if schema_of(document["apiVersion"], document["kind"])]


@pytest.mark.parametrize("document", CUSTOM, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_custom_resource_against_its_definition_is_valid(document: Document) -> None:
    """It has what its definition requires, in the right types, and no field that it does not know."""
    assert errors_of(document) == []


def test_resources_without_a_definition_are_kubernetes_own() -> None:
    """No custom resource escapes the check for want of its definition."""
    unchecked = [one for one in documents() if schema_of(one["apiVersion"], one["kind"]) is None]
    assert {one["kind"] for one in unchecked} <= KUBERNETES_OWN


def test_definition_check_with_a_misspelt_field_refuses_it() -> None:
    """The check is sharp: a field that an API server would drop is an error."""
    document = deepcopy(services()["score"])
    document["spec"]["template"]["spec"]["containerConcurency"] = 1
    assert any("containerConcurency" in error for error in errors_of(document))


def test_definition_check_with_a_wrong_type_refuses_it() -> None:
    """The check is sharp: a text where a number belongs is an error."""
    document = deepcopy(services()["score"])
    document["spec"]["template"]["spec"]["timeoutSeconds"] = "long"
    assert any("timeoutSeconds" in error for error in errors_of(document))


def test_kustomizations_list_every_file_beside_them() -> None:
    """No manifest lies in a folder unused."""
    for folder in (file.parent for file in KNATIVE.rglob("kustomization.yaml")):
        files = {file.name for file in folder.glob("*.yaml")} - {"kustomization.yaml"}
        stated = kustomization(folder)
        resources = {name for name in stated.get("resources", []) if "/" not in name}
        patches = {patch["path"] for patch in stated.get("patches", []) if "path" in patch}
        assert resources | patches == files, folder


def test_resources_have_unique_names_within_a_kind() -> None:
    """A second resource of the same name would replace the first."""
    keys = [(one["apiVersion"], one["kind"], one["metadata"]["name"]) for one in documents()]
    assert len(keys) == len(set(keys))


def test_manifests_hold_no_secret() -> None:
    """Secrets are referred to, never written."""
    assert not [one for one in documents() if one["kind"] == "Secret"]
