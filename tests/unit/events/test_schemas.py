"""The published schemas: valid, complete, and saying of every golden event what the codec says."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator

from shared import protocol
from shared.events.catalog import CATALOG, DEAD_LETTERS, TOPICS, EventType
from shared.events.event import Event
from shared.events.schemas import asyncapi, payload_schema
from tests.events.generate import fixture_name
from tests.events.golden import GOLDEN

PUBLISHED: dict[str, Any] = json.loads(msgspec.json.encode(asyncapi()))
each_type = pytest.mark.parametrize("event_type", CATALOG.values(), ids=CATALOG.keys())
each_event = pytest.mark.parametrize("event", GOLDEN, ids=fixture_name)


def _validator(event_type: EventType) -> Draft202012Validator:
    return Draft202012Validator(json.loads(msgspec.json.encode(payload_schema(event_type))))


@each_type
def test_payload_schema_is_valid_json_schema(event_type: EventType) -> None:
    """Every payload's schema is a schema of draft 2020-12."""
    Draft202012Validator.check_schema(json.loads(msgspec.json.encode(payload_schema(event_type))))


@each_event
def test_golden_payload_satisfies_its_schema(event: Event) -> None:
    """What the codec accepts the published schema accepts."""
    _validator(event.type).validate(json.loads(msgspec.json.encode(event.data)))


@each_event
def test_golden_payload_without_any_required_field_breaks_its_schema(event: Event) -> None:
    """The schema is not an empty one: each required field is missed."""
    data = json.loads(msgspec.json.encode(event.data))
    schema = payload_schema(event.type)["$defs"][event.type.payload.__name__]
    assert schema["required"]
    for name in schema["required"]:
        without = {field: value for field, value in data.items() if field != name}
        assert not _validator(event.type).is_valid(without), name


def test_asyncapi_channels_are_the_topics_and_the_websocket() -> None:
    """Each topic of the catalogue is a channel, and nothing else but the WebSocket is."""
    assert set(PUBLISHED["channels"]) == {*TOPICS, "websocket"}


def test_asyncapi_topics_carry_the_messages_of_the_catalogue() -> None:
    """A topic's messages are those whose types the catalogue sends there; dead letters may be any."""
    messages = PUBLISHED["components"]["messages"]
    for topic in TOPICS:
        names = {messages[name]["name"] for name in PUBLISHED["channels"][topic]["messages"]}
        sent = {name for name, event_type in CATALOG.items() if topic in {event_type.topic, DEAD_LETTERS}}
        assert names == sent


def test_asyncapi_websocket_carries_every_message_of_the_protocol() -> None:
    """Client messages, server messages and feed messages all stand in the document."""
    tags = {name.removeprefix("websocket.") for name in PUBLISHED["channels"]["websocket"]["messages"]}
    servers = {str(message.__struct_config__.tag) for message in get_args(protocol.ServerMessage)}
    clients = {str(message.__struct_config__.tag) for message in get_args(protocol.ClientMessage)}
    assert tags == {*clients, *servers}


def test_asyncapi_references_all_resolve() -> None:
    """Every $ref of the document points at something in it."""
    for reference in _references(PUBLISHED):
        target: Any = PUBLISHED
        for step in reference.removeprefix("#/").split("/"):
            assert step in target, reference
            target = target[step]


def _references(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        if isinstance(document.get("$ref"), str):
            yield document["$ref"]
        for value in document.values():
            yield from _references(value)
    elif isinstance(document, list):
        for value in document:
            yield from _references(value)
