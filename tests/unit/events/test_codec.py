"""What can never be processed is MalformedEvent, whatever it is: a source must not retry it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import MalformedEvent
from shared.events.catalog import CATALOG
from shared.events.codec import from_json, from_received, from_record, to_json, to_record
from shared.events.event import Event
from tests.events.golden import ANSWER_ACCEPTED, GOLDEN


class Received:
    """An event as functions-framework hands it over: `data` parsed, or bytes where it was no JSON."""

    def __init__(self, attributes: dict[str, Any], data: Any) -> None:
        self._attributes = attributes
        self._data = data

    def get_attributes(self) -> dict[str, Any]:
        return self._attributes

    def get_data(self) -> Any:
        return self._data


def _document(**changes: Any) -> bytes:
    """The golden accepted answer with some attributes changed; None removes one."""
    document = {**json.loads(to_json(ANSWER_ACCEPTED)), **changes}
    return json.dumps({name: value for name, value in document.items() if value is not None}).encode()


def _data(**changes: Any) -> bytes:
    return _document(data={**json.loads(to_json(ANSWER_ACCEPTED))["data"], **changes})


MALFORMED = {
    "empty": b"",
    "no JSON": b"{",
    "not an object": b"[]",
    "bad UTF-8": b'{"type": "\xff"}',
    "nested too deep": b'{"data":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "type missing": _document(type=None),
    "type unknown": _document(type="app.quizline.answer.forgotten.v1"),
    "type of a later version": _document(type="app.quizline.answer.accepted.v2"),
    "type no text": _document(type={"a": 1}),
    "specversion missing": _document(specversion=None),
    "specversion old": _document(specversion="0.3"),
    "id missing": _document(id=None),
    "id empty": _document(id=""),
    "id no text": _document(id=17),
    "source missing": _document(source=None),
    "subject missing": _document(subject=None),
    "subject huge": _document(subject="s" * 100_000),
    "subject with a line feed": _document(subject="a\nb"),
    "traceparent with a surrogate": _document(traceparent="\ud800"),
    "time no time": _document(time="yesterday"),
    "data missing": _document(data=None),
    "data no object": _document(data=[1, 2]),
    "data text that is no JSON": _document(data="certainly"),
    "data of another type": _document(data={"version": 1, "players": 0}),
    "field missing": _data(player_id=None),
    "field of wrong type": _data(question="first"),
    "field out of range": _data(question=500),
    "field negative": _data(elapsed_ms=-1),
    "field a fraction": _data(question=0.5),
    "field not a number": _data(elapsed_ms=float("nan")),
    "field beyond 64 bits": _data(quiz_version=10**400),
    "field too long": _data(nickname="n" * 1_000_000),
    "field with a surrogate": _data(nickname="\ud800"),
    "enumeration unknown": _data(policy="speed.v9"),
    "choices too many": _data(value={"choices": [1] * 1_000}),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED.keys())
def test_document_that_breaks_the_contract_is_malformed(text: bytes) -> None:
    """Bad JSON, attributes and data are refused as malformed, each with a message."""
    with pytest.raises(MalformedEvent, match=r"."):
        from_json(text)


def test_message_of_a_malformed_event_stays_short() -> None:
    """A poisoned event does not flood the log through its error."""
    with pytest.raises(MalformedEvent) as caught:
        from_json(_document(type="x" * 1_000_000))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"{",
        "not JSON",
        {"nickname": "\ud800"},
        {**json.loads(to_json(ANSWER_ACCEPTED))["data"], "nickname": "\ud800"},
        {**json.loads(to_json(ANSWER_ACCEPTED))["data"], "quiz_version": 10**400},
    ],
)
def test_received_data_that_no_store_could_take_is_malformed(data: Any) -> None:
    """The framework parses JSON more freely than the wire allows: what came through that way is refused here."""
    attributes = {name: value for name, value in json.loads(to_json(ANSWER_ACCEPTED)).items() if name != "data"}
    with pytest.raises(MalformedEvent):
        from_received(Received(attributes, data))


def test_record_without_headers_is_malformed() -> None:
    """A record that is no CloudEvent at all is refused."""
    with pytest.raises(MalformedEvent):
        from_record({}, b"whatever")


def test_event_without_time_stays_without_time() -> None:
    """`time` is optional: it is never emitted empty, which others would refuse."""
    event = from_json(_document(time=None))
    assert event.time == ""
    assert "time" not in json.loads(to_json(event))


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
type_names = st.sampled_from(sorted(CATALOG))


def _sound(event: Event) -> None:
    """An event that decoded can be sent on and comes back the same."""
    assert from_json(to_json(event)) == event
    record = to_record(event)
    assert from_record(dict(record.headers), record.value).data == event.data


@given(st.binary(max_size=400))
def test_arbitrary_bytes_decode_or_are_malformed(text: bytes) -> None:
    """No input raises anything but MalformedEvent."""
    try:
        _sound(from_json(text))
    except MalformedEvent:
        return


@given(
    st.dictionaries(st.text(max_size=12), st.binary(max_size=40), max_size=6), type_names, st.binary(max_size=200)
)
def test_arbitrary_records_decode_or_are_malformed(headers: dict[str, bytes], name: str, value: bytes) -> None:
    """Headers of any bytes, known type or not."""
    known = {
        "ce_type": name.encode(),
        "ce_specversion": b"1.0",
        "ce_id": b"1",
        "ce_source": b"/",
        "ce_subject": b"s",
    }
    for given_headers in (headers, {**known, **headers}):
        try:
            _sound(from_record(given_headers, value))
        except MalformedEvent:
            continue


@given(st.sampled_from(GOLDEN), st.dictionaries(st.text(max_size=12), any_json, max_size=4), any_json)
def test_arbitrary_attributes_and_data_decode_or_are_malformed(
    event: Event, attributes: dict[str, Any], data: Any
) -> None:
    """A golden event with attributes overwritten and arbitrary data."""
    document = json.loads(to_json(event))
    golden_data = document.pop("data")
    for received in (
        Received({**document, **attributes}, data),
        Received({**document, **attributes}, golden_data),
    ):
        try:
            _sound(from_received(received))
        except MalformedEvent:
            continue


@given(st.sampled_from(GOLDEN), st.data())
def test_golden_event_with_one_field_replaced_decodes_or_is_malformed(event: Event, draw: st.DataObject) -> None:
    """Each field of each payload, replaced by anything JSON can say."""
    document = json.loads(to_json(event))
    attributes = {name: value for name, value in document.items() if name != "data"}
    data = document["data"]
    data[draw.draw(st.sampled_from(sorted(data)))] = draw.draw(any_json)
    try:
        _sound(from_received(Received(attributes, data)))
    except MalformedEvent:
        return
