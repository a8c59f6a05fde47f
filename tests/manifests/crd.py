"""A custom resource definition as a JSON Schema that also refuses unknown fields, as an API server prunes them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

_SCHEMAS = Path(__file__).parent / "schemas"
_OF_EVERY_RESOURCE = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}


@cache
def schema_of(api_version: str, kind: str) -> dict[str, Any] | None:
    """None where no definition is kept, as for Kubernetes' own kinds."""
    group, _, version = api_version.rpartition("/")
    file = _SCHEMAS / group / f"{kind}.yaml"
    if not group or not file.is_file():
        return None
    versions = yaml.load(file.read_text(), yaml.CSafeLoader)["spec"]["versions"]
    served = {one["name"]: one["schema"]["openAPIV3Schema"] for one in versions if one["served"]}
    schema = _closed(served[version])
    schema["properties"] = {**schema["properties"], **_OF_EVERY_RESOURCE}
    return schema


def errors_of(document: dict[str, Any]) -> list[str]:
    """What its definition finds wrong with a custom resource."""
    schema = schema_of(document["apiVersion"], document["kind"])
    assert schema is not None
    found = Draft202012Validator(schema).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in found]


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` with additionalProperties false wherever fields are listed and unknown ones are not preserved."""
    closed = dict(schema)
    if "properties" in schema:
        closed["properties"] = {name: _closed(field) for name, field in schema["properties"].items()}
        if not schema.get("x-kubernetes-preserve-unknown-fields"):
            closed.setdefault("additionalProperties", False)
    if isinstance(schema.get("items"), dict):
        closed["items"] = _closed(schema["items"])
    return closed
