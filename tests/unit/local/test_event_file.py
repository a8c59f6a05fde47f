"""An event file becomes a request in HTTP's binary mode."""

from pathlib import Path

import msgspec
import pytest

from knative.local.invoke.event_file import EventFileError, read_event

FIXTURES = sorted((Path(__file__).parents[2] / "events").glob("*.json"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_event_file_of_every_fixture_becomes_headers_and_a_body(path: Path) -> None:
    """Attributes in `ce-` headers, data alone in the body."""
    document = msgspec.json.decode(path.read_bytes())
    event = read_event(path)
    assert msgspec.json.decode(event.body) == document["data"]
    assert event.headers["content-type"] == "application/json"
    assert event.headers["ce-id"] == document["id"]
    assert event.headers["ce-type"] == document["type"]
    assert event.subject == document["subject"]
    assert "ce-data" not in event.headers


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[1]", "expected an event in CloudEvents' JSON format"),
        (b"{", "expected an event in CloudEvents' JSON format"),
        (b'{"id": "a\\r\\nx-evil: 1"}', "expected attribute 'id' to be one printable line"),
        (b'{"i d": "a"}', "expected attribute 'i d'"),
    ],
)
def test_event_file_that_cannot_be_posted_is_refused_by_name(tmp_path: Path, content: bytes, message: str) -> None:
    """Whatever else is wrong with an event is the function's to say."""
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(EventFileError, match=message):
        read_event(path)


def test_event_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """With the system's own words."""
    with pytest.raises(EventFileError, match="No such file"):
        read_event(tmp_path / "gone.json")
