"""The published contract, generated: JSON Schema of each payload, AsyncAPI of the topics and the WebSocket.

Nothing is written here twice: types and topics come from the catalogue, fields and bounds from the payloads,
descriptions from their docstrings. docs/schemas/ holds the result; a test keeps it in step.
"""

from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from shared import protocol
from shared.events.catalog import CATALOG, DEAD_LETTERS, TOPICS, EventType

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = "#/components/schemas/{name}"

Document = dict[str, Any]
Shapes = tuple[type[msgspec.Struct], ...]

CLIENT_MESSAGES: Shapes = get_args(protocol.ClientMessage)
SERVER_MESSAGES: Shapes = get_args(protocol.ServerMessage)


def short_name(event_type: EventType) -> str:
    """`answer.accepted`: the type without its prefix and version."""
    return event_type.name.removeprefix("app.quizline.").removesuffix(".v1")


def payload_schema(event_type: EventType) -> Document:
    """JSON Schema of what `data` of this type must be."""
    return {"$schema": DRAFT, "$comment": event_type.name, **msgspec.json.schema(event_type.payload)}


def asyncapi() -> Document:
    """AsyncAPI 3.0: a channel per topic and one for the WebSocket."""
    topics = {topic: _topic(topic) for topic in TOPICS}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Quizline",
            "version": "1",
            "description": "Live quizzes: events between the parts, messages between gateway and clients.",
        },
        "defaultContentType": "application/json",
        "channels": {**topics, "websocket": _websocket()},
        "operations": {
            **{f"{topic}.emit": _operation("send", topic) for topic in TOPICS},
            "websocket.receive": _operation("receive", "websocket", CLIENT_MESSAGES),
            "websocket.send": _operation("send", "websocket", SERVER_MESSAGES),
        },
        "components": {"schemas": _schemas(), "messages": {**_event_messages(), **_websocket_messages()}},
    }


def _topic(topic: str) -> Document:
    names = [short_name(event_type) for event_type in CATALOG.values() if event_type.topic == topic]
    description = "Kafka topic; CloudEvents 1.0 in binary mode, attributes in `ce_` headers."
    if topic == DEAD_LETTERS:
        names = [short_name(event_type) for event_type in CATALOG.values()]
        description = (
            "Events given up, as they were, with Knative's extension attributes on why; also what is no event."
        )
    return {"address": topic, "description": description, "messages": _message_references(names)}


def _websocket() -> Document:
    names = [_websocket_name(message) for message in (*CLIENT_MESSAGES, *SERVER_MESSAGES)]
    return {
        "address": "/ws",
        "description": "A connection of a player, host or watcher; docs/protocol.md gives the order of messages.",
        "messages": _message_references(names),
    }


def _message_references(names: Iterable[str]) -> Document:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _operation(action: str, channel: str, messages: Shapes = ()) -> Document:
    """What Quizline does on a channel; without `messages`, all of the channel's."""
    operation: Document = {"action": action, "channel": {"$ref": f"#/channels/{channel}"}}
    if messages:
        names = [_websocket_name(message) for message in messages]
        operation["messages"] = [{"$ref": f"#/channels/{channel}/messages/{name}"} for name in names]
    return operation


def _event_messages() -> Document:
    return {
        short_name(event_type): {
            "name": event_type.name,
            "headers": _headers(event_type),
            "payload": {"$ref": REFERENCE.format(name=event_type.payload.__name__)},
            "bindings": {"kafka": {"key": {"type": "string", "description": _key(event_type)}}},
        }
        for event_type in CATALOG.values()
    }


def _key(event_type: EventType) -> str:
    return "session/player" if "player_id" in event_type.payload.__struct_fields__ else "session"


def _headers(event_type: EventType) -> Document:
    texts = ("ce_id", "ce_source", "ce_subject", "ce_time", "ce_traceparent")
    return {
        "type": "object",
        "properties": {
            "ce_specversion": {"const": "1.0"},
            "ce_type": {"const": event_type.name},
            **{name: {"type": "string"} for name in texts},
        },
        "required": ["ce_specversion", "ce_type", "ce_id", "ce_source", "ce_subject"],
    }


def _websocket_name(message: type[msgspec.Struct]) -> str:
    return f"websocket.{message.__struct_config__.tag}"


def _websocket_messages() -> Document:
    messages = (*CLIENT_MESSAGES, *SERVER_MESSAGES)
    return {_websocket_name(message): {"payload": _reference(message)} for message in messages}


def _reference(shape: type[msgspec.Struct]) -> Document:
    return {"$ref": REFERENCE.format(name=shape.__name__)}


def _schemas() -> Document:
    payloads = {event_type.payload for event_type in CATALOG.values()}
    shapes = (*payloads, *CLIENT_MESSAGES, *SERVER_MESSAGES)
    _, components = msgspec.json.schema_components(shapes, ref_template=REFERENCE)
    return dict(sorted(components.items()))
