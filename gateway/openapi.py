"""/openapi.json, generated from the route table and the types of its bodies."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from types import NoneType
from typing import Any

import msgspec

from gateway.access.identity import Role
from gateway.api.errors import ErrorBody
from gateway.api.operation import JSON, Operation

_PARAMETER = re.compile(r"{(\w+)}")
_FILE: dict[str, Any] = {"type": "string", "format": "binary"}
_REFERENCE = "#/components/schemas/{name}"


def openapi(operations: Sequence[Operation]) -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    types = _types(operations)
    schemas, components = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    schema_of = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    templates: dict[str, str] = {}
    for operation in operations:
        template = templates.setdefault(_PARAMETER.sub("{}", operation.path), operation.path)
        described = _described(operation, schema_of, template=template)
        paths.setdefault(template, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Quizline",
            "version": "1",
            "description": "Live quizzes. What happens in a session is told over the WebSocket at /ws.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def _types(operations: Sequence[Operation]) -> list[type]:
    types: dict[type, None] = {ErrorBody: None}
    for operation in operations:
        if operation.body is not None:
            types[operation.body] = None
        types.update(dict.fromkeys(body for body in operation.replies.values() if body not in {bytes, NoneType}))
    return list(types)


def _described(operation: Operation, schema_of: dict[type, Any], *, template: str) -> dict[str, Any]:
    """`template`: the path under which it stands.

    Two that differ in names only are one to OpenAPI: the first one names the parameters, and the description says
    what they are.
    """
    replies = {
        str(status): _empty(status)
        if body is NoneType
        else _response(status, schema_of.get(body, _FILE), operation.gives)
        for status, body in operation.replies.items()
    }
    failures = {str(status): _response(status, schema_of[ErrorBody]) for status in operation.errors}
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [
            {"name": name, "in": "path", "description": meaning, "required": True, "schema": {"type": "string"}}
            for name, meaning in zip(_PARAMETER.findall(template), _PARAMETER.findall(operation.path), strict=True)
        ]
        + [
            {"name": name, "in": "query", "description": meaning, "schema": {"type": "string"}}
            for name, meaning in operation.query.items()
        ],
        "responses": {**replies, **failures},
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": schema_of[operation.body]}}}
    if operation.takes is not None:
        described["requestBody"] = {"required": True, "content": {operation.takes: {"schema": _FILE}}}
    if operation.token is not None:
        described["security"] = [{"token": []}]
        whose = "a host's" if operation.token is Role.AUTHOR else f"this session's {operation.token}'s"
        described["description"] = f"Needs {whose} token."
    return described


def _empty(status: int) -> dict[str, Any]:
    return {"description": HTTPStatus(status).phrase}


def _response(status: int, schema: Any, media_type: str = JSON) -> dict[str, Any]:
    return {"description": HTTPStatus(status).phrase, "content": {media_type: {"schema": schema}}}
