"""docs/protocol.md says what the code does: its examples are decoded, its lists are complete."""

import json
import re
from pathlib import Path
from typing import get_args

from gateway.connections.close_codes import CloseCode
from shared.client.messages import decode
from shared.protocol import ClientMessage, ServerMessage, parse

DOCUMENT = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text()
_TO_GATEWAY, _TO_CLIENT = DOCUMENT.split("## From gateway to client")


def _examples(text: str) -> list[str]:
    return re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)


def test_every_message_of_a_client_has_an_example_that_parses() -> None:
    """Neither more nor less than the union that the gateway takes."""
    shown = {type(parse(example)) for example in _examples(_TO_GATEWAY)}
    assert shown == set(get_args(ClientMessage))


def test_every_message_of_the_gateway_has_an_example_that_decodes() -> None:
    """By the client that ships."""
    shown = {type(decode(example)) for example in _examples(_TO_CLIENT)}
    assert shown == set(get_args(ServerMessage))


def test_every_message_has_a_heading_of_its_own() -> None:
    """A reader finds a type by its name."""
    headings = set(re.findall(r"^### (\w+)$", DOCUMENT, flags=re.MULTILINE))
    assert headings == {json.loads(example)["type"] for example in _examples(DOCUMENT)}


def test_every_close_code_of_the_gateway_is_listed() -> None:
    """With what a client does about it."""
    listed = {
        int(code)
        for row in re.findall(r"^\| ([\d, ]+)", DOCUMENT, flags=re.MULTILINE)
        for code in re.findall(r"\d+", row)
    }
    assert {code.value for code in CloseCode} <= listed
