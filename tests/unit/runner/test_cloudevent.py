"""From records to requests and dead letters. Any bytes make some request."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knative.local.runner.cloudevent import KAFKA_EVENT, CloudEvent, event_of, http_headers, record_headers
from knative.local.runner.deadletter import error_attributes
from knative.local.runner.delivery import Answer, Failure

BINARY = [
    ("ce_specversion", b"1.0"),
    ("ce_id", b"e1"),
    ("ce_source", b"/gateway"),
    ("ce_type", b"app.quizline.answer.submitted.v1"),
    ("ce_subject", b"s1"),
    ("content-type", b"application/json"),
]


@dataclass(frozen=True, kw_only=True)
class Record:
    topic: str = "quiz.joins"
    partition: int = 2
    offset: int = 40
    timestamp: int = 1_700_000_000_000
    key: bytes | None = b"s1/p1"
    value: bytes | None = b'{"a":1}'
    headers: Sequence[tuple[str, bytes | None]] = field(default_factory=list)


def read(**fields: Any) -> CloudEvent:
    return event_of(Record(**fields), source="/sources/join")


def test_event_of_a_binary_record_has_its_attributes_and_its_place() -> None:
    """Attributes as they are, plus partition and offset; the value untouched, the key left behind."""
    event = read(headers=BINARY)
    assert event.attributes == {
        "specversion": "1.0",
        "id": "e1",
        "source": "/gateway",
        "type": "app.quizline.answer.submitted.v1",
        "subject": "s1",
        "knativekafkapartition": "2",
        "knativekafkaoffset": "40",
    }
    assert event.content_type == "application/json"
    assert event.body == b'{"a":1}'


def test_event_of_a_structured_record_becomes_binary() -> None:
    """Functions only ever see binary mode."""
    document = {"specversion": "1.0", "id": "e2", "source": "/x", "type": "t", "data": {"b": 2}}
    event = read(
        headers=[("content-type", b"application/cloudevents+json; charset=utf-8")],
        value=json.dumps(document).encode(),
    )
    assert (event.attributes["id"], event.attributes["type"]) == ("e2", "t")
    assert event.content_type == "application/json"
    assert event.body == b'{"b":2}'


@pytest.mark.parametrize(
    ("more", "content_type", "body"),
    [
        ({"data": {"b": ["é", 2.5]}}, "application/json", '{"b":["é",2.5]}'),
        ({"data": "é", "datacontenttype": "text/plain"}, "text/plain", "é"),
        ({"data": "é", "datacontenttype": "application/x+json"}, "application/x+json", '"é"'),
        ({"data_base64": "aGVsbG8=", "datacontenttype": "text/plain"}, "text/plain", "hello"),
        ({}, "application/json", ""),
    ],
)
def test_event_of_a_structured_record_has_its_data_as_knative_writes_them(
    more: dict[str, Any], content_type: str, body: str
) -> None:
    """JSON without spaces, text as it is, base64 read; a boolean attribute as JSON spells it."""
    document = {"specversion": "1.0", "id": "e2", "source": "/x", "type": "t", "flag": True, **more}
    event = read(headers=[("content-type", b"application/cloudevents+json")], value=json.dumps(document).encode())
    assert (event.content_type, event.body.decode()) == (content_type, body)
    assert event.attributes["flag"] == "true"


@pytest.mark.parametrize(
    "value", [b"[]", b"7", b'{"data_base64":"*"}', b'{"data":1,"data_base64":"aGk="}', b'{"data_base64":5}']
)
def test_event_of_a_structured_record_that_cannot_be_read_is_a_kafka_event(value: bytes) -> None:
    """And its content type stays with its bytes."""
    event = read(headers=[("content-type", b"application/cloudevents+json")], value=value)
    assert (event.attributes["type"], event.body) == (KAFKA_EVENT, value)
    assert event.content_type == "application/cloudevents+json"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_specversion", b"9.9"),
        ("ce_time", b"yesterday"),
        ("ce_time", b"2026-11-25T12:00:00"),
        ("ce_source", b"not a uri"),
        ("ce_source", b"100%"),
        ("ce_dataschema", b"http://x/y z"),
        ("ce_bad_name", b"1"),
    ],
)
def test_event_of_a_record_with_an_attribute_that_nobody_can_read_is_a_kafka_event(
    name: str, value: bytes
) -> None:
    """Seen of the dispatcher: its own parsers decide what is a CloudEvent."""
    headers = [*(header for header in BINARY if header[0] != name), (name, value)]
    event = read(headers=headers)
    assert event.attributes["type"] == KAFKA_EVENT
    assert event.attributes["kafkaheaderceid"] == "e1"


@pytest.mark.parametrize(
    "time", [b"2026-11-25T12:00:00Z", b"2026-11-25T14:00:00.123456+02:00", b"2026-11-25T12:00Z"]
)
def test_event_of_a_record_with_any_rfc_3339_time_keeps_it(time: bytes) -> None:
    """The digits are its emitter's."""
    assert read(headers=[*BINARY, ("ce_time", time)]).attributes["time"] == time.decode()


def test_event_of_a_record_with_capitals_in_a_name_has_it_in_small_letters() -> None:
    """The dispatcher does not mind, though CloudEvents does."""
    assert read(headers=[*BINARY, ("ce_Upper", b"1")]).attributes["upper"] == "1"


def test_event_of_a_record_with_an_empty_header_has_an_empty_attribute() -> None:
    """Kafka tells null from nothing; no attribute does."""
    assert read(headers=[*BINARY, ("ce_note", None)]).attributes["note"] == ""
    assert read(headers=[("X-Note", None)]).attributes["kafkaheaderxnote"] == ""


def test_event_of_a_record_that_is_no_cloudevent_has_its_kafka_headers_too() -> None:
    """Names keep what a CloudEvent's may have; the content type is the event's, in small letters."""
    headers = [("X-My_Header", b"v"), ("Content-Type", b"Application/JSON")]
    event = read(headers=headers, timestamp=1_700_000_000_123)
    assert event.attributes["kafkaheaderxmyheader"] == "v"
    assert event.attributes["time"] == "2023-11-14T22:13:20.123Z"
    assert event.content_type == "application/json"


@pytest.mark.parametrize("missing", ["ce_specversion", "ce_id", "ce_source", "ce_type"])
def test_event_of_a_record_that_lacks_an_attribute_is_a_kafka_event(missing: str) -> None:
    """Half a CloudEvent is none."""
    event = read(headers=[header for header in BINARY if header[0] != missing])
    assert event.attributes["type"] == KAFKA_EVENT


def test_event_of_a_record_that_is_no_cloudevent_wraps_its_bytes() -> None:
    """As Knative does it: id of its place, key beside it, and no content type."""
    event = read(value=b"\xff\x00", headers=[])
    assert event.attributes == {
        "specversion": "1.0",
        "id": "partition:2/offset:40",
        "type": KAFKA_EVENT,
        "source": "/sources/join#quiz.joins",
        "subject": "partition:2#40",
        "time": "2023-11-14T22:13:20Z",
        "key": "s1/p1",
        "partitionkey": "s1/p1",
        "knativekafkapartition": "2",
        "knativekafkaoffset": "40",
    }
    assert "content-type" not in http_headers(event)
    assert event.body == b"\xff\x00"


def test_http_headers_of_plain_values_are_the_values() -> None:
    """No cost and no surprise for what is ordinary."""
    headers = http_headers(read(headers=[*BINARY, ("ce_note", b'100% "sure"')]))
    assert headers["ce-note"] == '100% "sure"'
    assert headers["ce-type"] == "app.quizline.answer.submitted.v1"
    assert headers["content-type"] == "application/json"


def test_http_headers_of_other_values_are_percent_encoded() -> None:
    """So that no record can add a header or break a request."""
    headers = http_headers(read(headers=[*BINARY, ("ce_note", "é 100%\r\nx: y".encode())]))
    assert headers["ce-note"] == "%C3%A9%20100%25%0D%0Ax:%20y"


@given(
    headers=st.lists(
        st.tuples(
            st.sampled_from([name for name, _ in BINARY] + ["ce_x", "ce_Ü", "ce_a b", "Content-Type", "other"]),
            st.none() | st.binary(max_size=40),
        ),
        max_size=8,
    ),
    key=st.none() | st.binary(max_size=20),
    value=st.none() | st.binary(max_size=80) | st.just(b'{"specversion":"1.0","id":"\\ud800","source":"x"}'),
    timestamp=st.integers(min_value=-(2**63), max_value=2**63 - 1),
)
def test_any_record_makes_headers_that_http_and_kafka_take(
    headers: list[tuple[str, bytes | None]], key: bytes | None, value: bytes | None, timestamp: int
) -> None:
    """No record stops a source."""
    event = read(headers=headers, key=key, value=value, timestamp=timestamp)
    for name, text in http_headers(event).items():
        assert (name + text).isascii()
        assert (name + text).isprintable()
    assert all(isinstance(text, bytes) for _, text in record_headers(event, {"knativeerrordest": "d"}))


def test_dead_letter_of_an_answer_says_where_what_and_why() -> None:
    """The reason in base64, at most its first 1024 bytes, as Knative writes it."""
    attributes = error_attributes(Failure(Answer(422, b"bad" + b"x" * 2_000), 1), destination="http://f")
    assert attributes["knativeerrordest"] == "http://f"
    assert attributes["knativeerrorcode"] == "422"
    assert attributes["knativeerrordata"].startswith("YmFk")
    assert len(attributes["knativeerrordata"]) == 1368


def test_dead_letter_of_silence_says_where_alone() -> None:
    """There was no answer to give a code."""
    assert error_attributes(Failure(None, 11), destination="http://f") == {"knativeerrordest": "http://f"}
