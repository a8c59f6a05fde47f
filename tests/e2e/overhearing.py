"""Everything that leaves the system during a session, and when it arrived; what of it tells too much, or too soon.

`leaks` is pure: what was heard and when each question closed come in, findings go out.
"""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp

QUESTION_FIELDS = {
    *("index", "type", "prompt", "choices", "targets", "time_limit_ms", "points", "image_url"),
    *("opened_at_ms", "closes_at_ms"),
}
_OUTCOME = ("correct", "gained", "streak")


@dataclass(frozen=True, slots=True)
class Heard:
    """`who`: the player, viewer, or address that it came to or from. `at_s` is monotonic."""

    who: str
    at_s: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What must not be told before `closing_s`, when its question's close was ordered. `texts` say it outright.

    `answered`: who may know what their own answer gave, where results are shown at once.
    """

    index: int
    closing_s: float
    texts: tuple[str, ...] = ()
    answered: frozenset[str] = frozenset()


class Ear:
    """A bare WebSocket client that notes every frame. Within `async with`."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, who: str, heard: list[Heard], hello: dict[str, str]
    ) -> None:
        self._http = http
        self._url = f"{url}/ws".replace("http", "ws", 1)
        self._who = who
        self._heard = heard
        self._hello = hello
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        socket = await self._stack.enter_async_context(self._http.ws_connect(self._url, max_msg_size=0))
        await socket.send_str(json.dumps({"type": "hello", **self._hello}))
        task = asyncio.create_task(self._listen(socket))
        self._stack.callback(task.cancel)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            self._heard.append(Heard(self._who, time.monotonic(), str(message.data)))


@dataclass(slots=True)
class Overheard:
    """`frames` are the feed's; `replies` those of HTTP."""

    frames: list[Heard] = field(default_factory=list)
    replies: list[Heard] = field(default_factory=list)


def leaks(overheard: Overheard, secrets: Sequence[Secret], *, hides_results: bool) -> list[str]:
    """Whatever told of a question's key, or of what an answer gave, before it might."""
    problems = []
    for heard in (*overheard.frames, *overheard.replies):
        early = [secret for secret in secrets if heard.at_s < secret.closing_s]
        problems += [
            f"{heard.who} was told the key of question {secret.index + 1} as text"
            for secret in early
            for text in secret.texts
            if text in heard.text
        ]
        if early:
            problems += _told(heard, {secret.index: secret for secret in early}, hides_results=hides_results)
    return problems


def logged_secrets(name: str, log: str, texts: Sequence[str]) -> list[str]:
    """Keys, answers, tokens or codes that stand in a log or in metrics, at whatever time."""
    return [f"{name}: contains a secret of {len(text)} characters" for text in texts if text in log]


def _told(heard: Heard, early: Mapping[int, Secret], *, hides_results: bool) -> Iterator[str]:
    objects = list(_objects(_decoded(heard.text)))
    beside_question = [object_.get("reveal") for object_ in objects if _question_of(object_)]
    for object_ in objects:
        shown, index = _question_of(object_), object_.get("question")
        if shown:
            yield from _shown_problems(heard, shown, object_.get("reveal"), early)
        elif isinstance(index, int) and index in early:
            told = [name for name in _OUTCOME if object_.get(name) is not None]
            if told and (hides_results or heard.who not in early[index].answered):
                yield f"{heard.who} was told {told} of question {index + 1} before it closed"
        is_key = isinstance(object_.get("accepted"), list) or isinstance(object_.get("correct"), list)
        if is_key and not any(object_ is reveal for reveal in beside_question):
            yield f"{heard.who} was told a key that stands beside no question"


def _question_of(object_: Mapping[str, Any]) -> dict[str, Any]:
    question = object_.get("question")
    return question if isinstance(question, dict) and isinstance(question.get("index"), int) else {}


def _shown_problems(
    heard: Heard, shown: Mapping[str, Any], reveal: object, early: Mapping[int, Secret]
) -> Iterator[str]:
    if more := set(shown) - QUESTION_FIELDS:
        yield f"{heard.who} was told more of a question than there is to show: {sorted(more)}"
    if reveal is not None and shown["index"] in early:
        yield f"{heard.who} was told the key of question {shown['index'] + 1} before it closed"


def points_told(frames: Sequence[Heard], *, after_s: float, before_s: float) -> dict[str, set[int]]:
    """By player, every sum of points that anybody was shown between the two moments."""
    told: dict[str, set[int]] = {}
    for heard in frames:
        if after_s < heard.at_s < before_s:
            for object_ in _objects(_decoded(heard.text)):
                if "player_id" in object_:
                    told.setdefault(object_["player_id"], set()).add(object_.get("points", 0))
    return told


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
