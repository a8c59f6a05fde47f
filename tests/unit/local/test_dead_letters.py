"""What a dead letter tells, and which record it becomes again."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from knative.local.cli import app
from knative.local.deadletters.letter import DeadLetter, Place, PlaceError, Selection, letter_of
from knative.local.deadletters.replay import record_of
from knative.local.deadletters.report import as_json, letter_lines, print_letter
from shared.domain.errors import MalformedEvent
from shared.events.catalog import CATALOG, DEAD_LETTERS
from shared.events.codec import from_json, from_record, to_record

FIXTURES = sorted((Path(__file__).parents[2] / "events").glob("*.json"))
ERROR = {
    "ce_knativeerrordest": b"http://score.quizline.svc.cluster.local",
    "ce_knativeerrorcode": b"422",
    "ce_knativeerrordata": base64.b64encode(b"expected a published quiz"),
    "ce_knativekafkapartition": b"2",
    "ce_knativekafkaoffset": b"41",
    "ce_partitionkey": b"k",
}


@dataclass(frozen=True, slots=True)
class KafkaRecord:
    """As aiokafka gives it."""

    headers: list[tuple[str, bytes]]
    value: bytes | None
    partition: int = 0
    offset: int = 17
    timestamp: int = 1_767_607_200_000
    topic: str = DEAD_LETTERS
    key: bytes | None = None


def buried(path: Path, more: dict[str, bytes] | None = None) -> DeadLetter:
    """The letter that the event of a fixture becomes."""
    record = to_record(from_json(path.read_bytes()))
    headers = {**dict(record.headers), **ERROR, **(more or {})}
    return letter_of(KafkaRecord(list(headers.items()), record.value))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_letter_of_every_type_goes_back_as_it_was(path: Path) -> None:
    """Topic and key by the catalogue; the same attributes and data; nothing that a delivery added."""
    original = to_record(from_json(path.read_bytes()))
    again = record_of(buried(path))
    assert (again.topic, again.key, again.value) == (original.topic, original.key, original.value)
    assert sorted(again.headers) == sorted(original.headers)
    assert from_record(dict(again.headers), again.value) == from_json(path.read_bytes())


def test_fixtures_are_there_for_every_type() -> None:
    """So that the test above leaves none out."""
    assert {json.loads(path.read_bytes())["type"] for path in FIXTURES} == set(CATALOG)


def test_letter_with_another_extension_keeps_it() -> None:
    """Only what a delivery adds is taken away."""
    again = record_of(buried(FIXTURES[0], {"ce_tracestate": b"vendor=1"}))
    assert ("ce_tracestate", b"vendor=1") in again.headers


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"ce_type": b"dev.knative.kafka.event"}, "expected a type of the catalogue"),
        ({"ce_type": b"app.quizline.answer.accepted.v9"}, "expected a type of the catalogue"),
        ({"ce_subject": b""}, "expected attribute subject"),
        ({"ce_quizlinebodybytes": b"1048350"}, "left its 1048350 bytes"),
    ],
)
def test_letter_that_no_function_can_read_is_refused(more: dict[str, bytes], reason: str) -> None:
    """It would only come back."""
    with pytest.raises(MalformedEvent, match=reason):
        record_of(buried(FIXTURES[0], more))


@pytest.mark.parametrize("value", [b"{", b"[]", b"\xff", b""])
def test_letter_whose_data_break_the_contract_is_refused(value: bytes) -> None:
    """Still malformed."""
    headers = list(dict(buried(FIXTURES[0]).headers).items())
    with pytest.raises(MalformedEvent, match="expected data of"):
        record_of(letter_of(KafkaRecord(headers, value)))


@pytest.mark.parametrize(
    ("destination", "function"),
    [
        (b"http://score.quizline.svc.cluster.local", "score"),
        (b"http://rank.quizline.localhost:18080/", "rank"),
        (b"http://127.0.0.1:40123/functions/join", "join"),
        (b"", ""),
        (b"http://[broken", ""),
    ],
)
def test_letter_names_the_function_by_its_address(destination: bytes, function: str) -> None:
    """A Service's on Knative, the local runner's on one machine."""
    assert buried(FIXTURES[0], {"ce_knativeerrordest": destination}).function == function


@pytest.mark.parametrize(("data", "message"), [(b"no base64!", "no base64!"), (b"/w==", "�"), (b"", "")])
def test_message_is_read_whatever_it_is(data: bytes, message: str) -> None:
    """Who looks for a fault must not meet another."""
    assert buried(FIXTURES[0], {"ce_knativeerrordata": data}).message == message


def test_letter_of_any_record_can_be_shown() -> None:
    """No headers, no value, terminal control characters: all of it is shown as text."""
    letters = [
        letter_of(KafkaRecord([], None)),
        letter_of(KafkaRecord([("ce_type", b"\x1b[31mred"), ("other", b"")], b"\x1b]0;title\x07")),
    ]
    console = Console(width=200, record=True)
    lines = letter_lines(letters)
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)
    for letter in letters:
        print_letter(console, letter)
    assert "\x1b" not in console.export_text()
    assert len(json.loads(as_json(letters))) == 2


@pytest.mark.parametrize(
    ("selection", "takes"),
    [
        (Selection(), True),
        (Selection(places=frozenset({Place(0, 17)})), True),
        (Selection(places=frozenset({Place(1, 17)})), False),
        (Selection(function="score", code="422"), True),
        (Selection(function="score", code="500"), False),
        (Selection(type="answer.accepted"), True),
        (Selection(type="app.quizline.answer.accepted.v1"), True),
        (Selection(type="accepted"), False),
        (Selection(session="5e55107a3b1c4d2e8f90a1b2c3d4e5f6"), True),
        (Selection(session="other"), False),
    ],
)
def test_selection_takes_what_has_every_part_named(*, selection: Selection, takes: bool) -> None:
    """Nothing named: everything."""
    [path] = [one for one in FIXTURES if one.stem == "answer.accepted"]
    assert selection.takes(buried(path)) is takes


@pytest.mark.parametrize("text", ["", "17", "a/b", "-1/3", "0/", "0/1/2", "0/99999999999999999999"])
def test_place_that_is_none_is_refused(text: str) -> None:
    """With what was expected and got."""
    with pytest.raises(PlaceError, match="expected PARTITION/OFFSET"):
        Place.parse(text)


@pytest.mark.parametrize("command", ["list", "show", "replay"])
def test_help_of_every_dead_letters_command_has_an_example(command: str) -> None:
    """Somebody who never saw it can try it."""
    result = CliRunner().invoke(app, ["dead-letters", command, "--help"])
    assert result.exit_code == 0
    assert f"quizline dead-letters {command}" in result.output


@pytest.mark.parametrize(
    "arguments", [["replay"], ["replay", "--all", "--code", "422"], ["replay", "17"], ["show", "17"], ["show"]]
)
def test_dead_letters_asked_for_unclearly_end_with_exit_code_2(arguments: list[str]) -> None:
    """Nothing is replayed by mistake."""
    result = CliRunner().invoke(app, ["dead-letters", *arguments])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
