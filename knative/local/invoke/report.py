"""An outcome for people (rich) and for programs (JSON)."""

from typing import Any

import msgspec
from rich.console import Console
from rich.text import Text

from knative.local.invoke.event_file import EventFile
from knative.local.invoke.invocation import Outcome
from knative.local.invoke.stores import Change

_SIGNS = {"added": ("+", "green"), "changed": ("~", "yellow"), "removed": ("-", "red")}
_LONGEST_VALUE = 600


def as_json(function: str, event: EventFile, outcome: Outcome) -> str:
    """One object; values that JSON does not have are shown as text."""
    shown = {
        "function": function,
        "event": event.attributes,
        "status": outcome.status,
        "reply": outcome.reply,
        "took_ms": outcome.took_ms,
        "emitted": [{"topic": event.topic, **event.attributes, "data": event.data} for event in outcome.emitted],
        "changes": [
            {"kind": change.kind, "place": change.place, "before": change.before, "after": change.after}
            for change in outcome.changes
        ],
    }
    return msgspec.json.format(_encode(shown)).decode()


def print_outcome(console: Console, function: str, event: EventFile, outcome: Outcome) -> None:
    """Reply, events, changes; each part says when it is empty."""
    colour = "green" if outcome.is_handled else "red"
    line = Text(f"{function} ← {event.attributes.get('type', 'no type')} {event.attributes.get('id', '')}")
    console.print(line, soft_wrap=True)
    console.print(
        Text(f"reply   {outcome.status} in {outcome.took_ms} ms {outcome.reply}", colour), soft_wrap=True
    )
    console.print(Text("emitted" if outcome.emitted else "emitted nothing", "bold"))
    for emitted in outcome.emitted:
        attributes = emitted.attributes
        console.print(Text(f"  {emitted.topic}  {attributes.get('type')}  {attributes.get('id')}"), soft_wrap=True)
        console.print(Text(f"    {_short(emitted.data)}", "dim"), soft_wrap=True)
    console.print(Text("changed" if outcome.changes else "changed nothing in MongoDB and Redis", "bold"))
    for change in outcome.changes:
        _print_change(console, change)


def _print_change(console: Console, change: Change) -> None:
    sign, colour = _SIGNS[change.kind]
    console.print(Text(f"  {sign} {change.place}", colour), soft_wrap=True)
    if change.kind == "changed" and isinstance(change.before, dict) and isinstance(change.after, dict):
        value: Any = {
            field: change.after.get(field)
            for field in {**change.before, **change.after}
            if change.before.get(field) != change.after.get(field)
        }
    else:
        value = change.after
    if value is not None:
        console.print(Text(f"    {_short(value)}", "dim"), soft_wrap=True)


def _short(value: Any) -> str:
    text = _encode(value).decode()
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]} …"


def _encode(value: Any) -> bytes:
    return msgspec.json.encode(value, enc_hook=_plain, order="deterministic")


def _plain(value: Any) -> Any:
    """BSON's own integers as integers; anything else that JSON does not know as text."""
    return int(value) if isinstance(value, int) else str(value)
