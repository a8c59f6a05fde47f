"""The golden events: complete, in step with the code, and readable by any CloudEvents tool."""

import json
from pathlib import Path

import msgspec
import pytest
from cloudevents.conversion import to_binary
from cloudevents.http import from_http
from cloudevents.http import from_json as sdk_from_json

from shared.events.catalog import CATALOG
from shared.events.codec import from_json, from_received, from_record, to_json, to_record
from shared.events.event import Event
from tests.events.generate import FIXTURES, fixture_name, generated
from tests.events.golden import GOLDEN

FILES = sorted(FIXTURES.glob("*.json"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
each_event = pytest.mark.parametrize("event", GOLDEN, ids=fixture_name)


def test_fixtures_of_the_catalogue_are_complete() -> None:
    """There is one fixture of every type of the catalogue, named after it, and no other."""
    expected = {name.removeprefix("app.quizline.").removesuffix(".v1") for name in CATALOG}
    assert {path.stem for path in FILES} == expected


@pytest.mark.parametrize("path", generated().keys(), ids=lambda path: path.name)
def test_generated_file_is_in_step_with_the_code(path: Path) -> None:
    """The files are what the code makes; after a change run `python -m tests.events.generate`."""
    assert path.read_bytes() == generated()[path], "run python -m tests.events.generate"


@each_file
def test_fixture_decoded_and_encoded_is_the_same_document(path: Path) -> None:
    """The codec loses nothing of a fixture."""
    text = path.read_bytes()
    assert json.loads(to_json(from_json(text))) == json.loads(text)


@each_file
def test_fixture_read_by_the_sdk_is_the_same_event(path: Path) -> None:
    """The CloudEvents SDK reads a fixture, and what it hands on decodes to the same event."""
    text = path.read_bytes()
    assert from_received(sdk_from_json(text)) == from_json(text)


@each_event
def test_event_sent_over_kafka_arrives_whole(event: Event) -> None:
    """A Kafka record in binary mode keeps every attribute and the payload."""
    record = to_record(event)
    assert from_record(dict(record.headers), record.value) == event


@each_event
def test_event_sent_over_kafka_goes_where_the_catalogue_says(event: Event) -> None:
    """Topic and key come from the catalogue: session/player where there is a player, else the session."""
    record = to_record(event)
    player = getattr(event.data, "player_id", None)
    expected_key = event.subject if player is None else f"{event.subject}/{player}"
    assert (record.topic, record.key) == (CATALOG[event.type.name].topic, expected_key.encode())


@each_event
def test_event_sent_over_http_in_binary_mode_arrives_whole(event: Event) -> None:
    """What a KafkaSource delivers over HTTP, additional attributes included, decodes to the same event."""
    received = sdk_from_json(to_json(event))
    received["knativekafkaoffset"] = "17"
    headers, body = to_binary(received)
    assert from_received(from_http(headers, body)) == event


@each_event
def test_payload_with_an_unknown_field_is_accepted(event: Event) -> None:
    """A newer emitter may add a field: an older reader ignores it."""
    document = json.loads(to_json(event))
    document["data"]["added_later"] = {"deep": [1, 2]}
    assert from_json(msgspec.json.encode(document)) == event
