"""Input that nobody should send, drawn from a seed: frames, HTTP bodies, Kafka records. Pure: bytes.

Most of it is almost right, since what is all wrong gets no further than the first check.
"""

import json
import random
from collections.abc import Callable
from typing import Any

from knative.local.chaos.raw_socket import frame
from shared.events.codec import Record

MESSAGES = (
    b'{"type":"ping","id":"1"}',
    b'{"type":"answer","id":"a","question":0,"value":{"choices":[1]}}',
    b'{"type":"answer","id":"a","question":0,"value":{"text":"8"}}',
    b'{"type":"open","id":"r","question":0}',
    b'{"type":"react","reaction":"bravo"}',
    b'{"type":"hello","code":"QZ7K2M","last_seq":1}',
)
_KEYS = (
    *("type", "id", "question", "value", "choices", "text", "code", "token", "last_seq", "title", "questions"),
    *(
        "prompt",
        "correct",
        "accepted",
        "settings",
        "pacing",
        "nickname",
        "request_id",
        "team",
        "device",
        "command",
    ),
    *("seconds", "player_id", "quiz_id", "version", "rows", "content", "format", "name", "email"),
)
_MOST_BYTES = 20_000
_DEPTH = 4


def noisy_frames(rng: random.Random) -> bytes:
    """Noise, damaged or strange frames, cut or changed messages, fragments in disorder, or a good message."""
    message = rng.choice(MESSAGES)
    match rng.randrange(8):
        case 0:
            return rng.randbytes(rng.randrange(1, 200))
        case 1:
            return damaged(rng, frame(message))
        case 2:
            opcode = rng.choice([0, 1, 2, 3, 8, 9, 10, 11])
            return frame(rng.randbytes(rng.randrange(130)), opcode=opcode, fin=rng.random() < 0.7)
        case 3:
            return frame(message[: rng.randrange(60)])
        case 4:
            return frame(message, fin=False) + frame(b"", opcode=rng.choice([0, 1, 9]))
        case 5:
            return frame(damaged(rng, message))
        case 6:
            return frame(json.dumps({**json.loads(message), rng.choice(_KEYS): any_value(rng)}).encode())
    return frame(message)


def noisy_message(rng: random.Random) -> bytes:
    """One whole text frame, whose content alone is wrong: a connection takes several of them."""
    return frame(noisy_body(rng)[:4_000])


def noisy_body(rng: random.Random) -> bytes:
    """Objects of known fields with any values, damaged JSON, deep or long or no JSON, bytes that are no text."""
    match rng.randrange(6):
        case 0:
            return rng.randbytes(rng.randrange(300))
        case 1:
            return b"[" * rng.randrange(1, 5_000)
        case 2:
            return json.dumps({rng.choice(_KEYS): "x" * rng.randrange(_MOST_BYTES)}).encode()
        case 3:
            return damaged(rng, _object(rng))
    return _object(rng)


def noisy_record(rng: random.Random, sample: Record, *, session_id: str) -> Record:
    """`sample` with one thing changed, as an event of another session: never of one that is played."""
    headers = {**dict(sample.headers), "ce_subject": session_id.encode(), "ce_id": rng.randbytes(8).hex().encode()}
    value = sample.value
    match rng.randrange(6):
        case 0:
            value = damaged(rng, value)
        case 1:
            value = value[: rng.randrange(len(value))]
        case 2:
            value = json.dumps({**json.loads(value), rng.choice([*json.loads(value)]): any_value(rng)}).encode()
        case 3:
            headers[rng.choice([*headers])] = rng.randbytes(rng.randrange(300))
        case 4:
            del headers[rng.choice([*headers])]
        case 5:
            value = noisy_body(rng)
    return Record(sample.topic, sample.key, [*headers.items()], value)


def damaged(rng: random.Random, content: bytes) -> bytes:
    """A few bytes of it are others."""
    changed = bytearray(content)
    for _ in range(rng.randrange(1, 4)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def any_value(rng: random.Random, *, depth: int = _DEPTH) -> Any:
    """Whatever JSON can say, and some that it should not."""
    return rng.choice(_VALUES)(rng, depth)


def _object(rng: random.Random) -> bytes:
    names = rng.sample(_KEYS, rng.randrange(1, 8))
    return json.dumps({name: any_value(rng) for name in names}).encode()


def _nested(rng: random.Random, depth: int) -> Any:
    if depth == 0:
        return None
    if rng.random() < 0.5:
        return [any_value(rng, depth=depth - 1) for _ in range(rng.randrange(4))]
    return {rng.choice(_KEYS): any_value(rng, depth=depth - 1) for _ in range(rng.randrange(4))}


_Value = Callable[[random.Random, int], Any]
_VALUES: tuple[_Value, ...] = (
    lambda _, __: None,
    lambda rng, _: rng.random() < 0.5,
    lambda rng, _: rng.randrange(-3, 10),
    lambda rng, _: rng.choice([2**31, 2**63, 2**64, -(2**70), 10**400]),
    lambda rng, _: rng.choice([0.5, -0.0, 1e308, float("nan"), float("inf")]),
    lambda rng, _: rng.choice(
        ["", " ", "\u0000", "\ud800", "\u202e", "a" * 300, "../../etc", "$where", "{{7*7}}"]
    ),
    lambda rng, _: "".join(chr(rng.randrange(1, 0xD7FF)) for _ in range(rng.randrange(40))),
    _nested,
    _nested,
)
