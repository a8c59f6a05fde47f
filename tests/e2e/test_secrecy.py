"""I6: a key reaches nobody before its question closed: not a player, not a screen, not a log, not a metric.

A session is played while bare clients note every frame, strangers ask every GET of the API, and the logs of all
processes are read to the end. The keys of typed questions are texts that stand nowhere else.
"""

import json
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from knative.local.play.choosing import as_shown
from shared.client.host import HostClient, HostedSession, OpenedSession, QuizRef
from shared.client.http import Gateways, open_http
from shared.client.player import Joined, PlayerClient, request_join
from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Command, Phase
from shared.events.payloads import QuestionView
from tests.e2e.overhearing import Ear, Heard, Overheard, Secret, leaks, logged_secrets, points_told
from tests.e2e.running_system import RunningSystem
from tests.e2e.system import until

WITHIN_S = 60.0
SETTINGS: dict[str, dict[str, Any]] = {
    "at-once": {"results": "at_once", "streak_bonus": True},
    "at-close": {"results": "at_close", "streak_bonus": True, "shuffle_choices": True},
    "changed-answers": {"answer_change": True, "shuffle_choices": True},
}


def distinctive(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(8)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A question; what it must not tell as text; what a player who errs types."""

    question: Question
    wrong: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return self.question.accepted


def keys() -> list[Key]:
    """One of each kind of key. Half a million and odd: no time, count or port looks like that."""
    number = f"{secrets.randbelow(10**9) + 10**12}.25"
    return [
        Key(question=Question(type=QuestionType.SINGLE, prompt="One?", choices=("a", "b", "c"), correct=(1,))),
        Key(
            question=Question(
                type=QuestionType.TEXT, prompt="Who?", accepted=(distinctive("right"), distinctive("also"))
            ),
            wrong=distinctive("wrong"),
        ),
        Key(
            question=Question(type=QuestionType.MULTIPLE, prompt="Which?", choices=("2", "3", "4"), correct=(0, 2))
        ),
        Key(
            question=Question(type=QuestionType.NUMBER, prompt="How many?", accepted=(number,), tolerance="0.5"),
            wrong="735194682.125",
        ),
        Key(
            question=Question(type=QuestionType.ORDER, prompt="Order", choices=("x", "y", "z"), correct=(2, 0, 1))
        ),
        Key(
            question=Question(
                type=QuestionType.MATCH,
                prompt="Match",
                choices=("p", "q", "r"),
                targets=("P", "Q", "R", "S"),
                correct=(0, 1, 2),
            )
        ),
    ]


@dataclass(slots=True, kw_only=True)
class Scene:
    """One session from the inside. Ada answers right, Bob wrong, Cleo not at all."""

    http: aiohttp.ClientSession
    urls: Sequence[str]
    keys: list[Key]
    host: HostedSession
    opened: OpenedSession
    quiz: QuizRef
    players: dict[str, PlayerClient]
    changes: bool
    overheard: Overheard = field(default_factory=Overheard)
    secrets: list[Secret] = field(default_factory=list)
    opened_s: list[float] = field(default_factory=list)

    async def play(self) -> None:
        for index, key in enumerate(self.keys):
            await self._question(index, key)
        await self.host.advance(Command.NEXT, into=Phase.FINISHED)

    async def _question(self, index: int, key: Key) -> None:
        command = Command.START if index == 0 else Command.NEXT
        await self.host.advance(command, into=Phase.QUESTION_OPEN, question=index)
        await self._everybody(lambda view: view.open_question is not None and view.open_question.index == index)
        self.opened_s.append(time.monotonic())
        if self.changes:
            await self._answer("Ada", index, key, is_right=False)
        await self._answer("Ada", index, key, is_right=True)
        await self._answer("Bob", index, key, is_right=False)
        await self._all_counted(index)
        await self._ask_everything(index)
        closing_s = time.monotonic()
        self.secrets.append(
            Secret(index=index, closing_s=closing_s, texts=key.texts, answered=frozenset({"Ada", "Bob"}))
        )
        await self.host.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=index)
        await self._results_known(index)

    async def _answer(self, name: str, index: int, key: Key, *, is_right: bool) -> None:
        client = self.players[name]
        question = client.view.open_question
        assert question is not None
        choices, text = answer_to(key, question, is_right=is_right)
        await client.answer(index, choices=choices, text=text, timeout_s=WITHIN_S)

    async def _all_counted(self, index: int) -> None:
        """Both answers are on a board that Cleo sees, and so has everybody who may."""
        await self.players["Cleo"].until(
            lambda view: (
                view.leaderboard is not None
                and (view.leaderboard.question, view.leaderboard.answered) == (index, 2)
            ),
            timeout_s=WITHIN_S,
        )

    async def _results_known(self, index: int) -> None:
        for name in ("Ada", "Bob"):
            await self.players[name].until(
                lambda view: view.me is not None and (view.me.question, view.me.gained is None) == (index, False),
                timeout_s=WITHIN_S,
            )

    async def _everybody(self, condition: Any) -> None:
        for client in self.players.values():
            await client.until(condition, timeout_s=WITHIN_S)

    async def _ask_everything(self, index: int) -> None:
        """Every GET that there is, with a player's token and without one; the metrics among them."""
        async with self.http.get(f"{self.urls[0]}/openapi.json") as response:
            paths = (await response.json())["paths"]
        known = {
            "session_id": self.opened.session_id,
            "code": self.opened.code,
            "quiz_id": self.quiz.quiz_id,
            "index": str(index),
        }
        asked = [path for path, operations in paths.items() if "get" in operations]
        url = self.urls[index % len(self.urls)]
        for path in (*asked, "/metrics", "/readyz"):
            for token in ("", self.players["Ada"].joined.token):
                headers = {"authorization": f"Bearer {token}"} if token else {}
                async with self.http.get(url + _filled(path, known), headers=headers) as response:
                    text = (await response.read()).decode(errors="replace")
                self.overheard.replies.append(Heard(path, time.monotonic(), text))


def _filled(path: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def answer_to(key: Key, question: QuestionView, *, is_right: bool) -> tuple[tuple[int, ...], str]:
    """Choices and text."""
    if key.texts:
        return (), key.texts[0] if is_right else key.wrong
    right = as_shown(key.question, question).correct
    if is_right:
        return right, ""
    if key.question.type in {QuestionType.ORDER, QuestionType.MATCH}:
        return (*right[1:], right[0]), ""
    return tuple(index for index in range(len(question.choices)) if index not in right)[:1], ""


@asynccontextmanager
async def scene(system: RunningSystem, settings: dict[str, Any]) -> AsyncIterator[Scene]:
    """A lobby with three players, a screen, and ears beside each of them at either gateway."""
    urls, made = system.addresses.gateway_urls, keys()
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(open_http())
        client = HostClient(Gateways(http, urls))
        quiz = await client.create_quiz("Secrets", [key.question for key in made])
        opened = await client.open_session(quiz, settings=settings)
        joined = {name: await _joined(http, urls, opened, name) for name in ("Ada", "Bob", "Cleo")}
        built = Scene(
            http=http,
            urls=urls,
            keys=made,
            host=await stack.enter_async_context(HostedSession(Gateways(http, urls), opened)),
            opened=opened,
            quiz=quiz,
            players={
                name: await stack.enter_async_context(PlayerClient(Gateways(http, urls, first=place), player))
                for place, (name, player) in enumerate(joined.items())
            },
            changes=bool(settings.get("answer_change")),
        )
        hellos = {name: {"token": player.token} for name, player in joined.items()}
        for who, hello in {
            **hellos,
            "the screen": {"code": opened.code},
            "the host": {"token": opened.host_token},
        }.items():
            for url in urls:
                await stack.enter_async_context(Ear(http, url, who, built.overheard.frames, hello))
        yield built


async def _joined(http: aiohttp.ClientSession, urls: Sequence[str], opened: OpenedSession, name: str) -> Joined:
    return await request_join(Gateways(http, urls), code=opened.code, nickname=name, deadline_s=WITHIN_S)


async def _is_conclusive(scene: Scene) -> bool:
    """What shows that an ear was there at all: everybody was told every key in the end, after its close."""
    told = {
        (heard.who, question["index"])
        for heard in scene.overheard.frames
        if heard.text.startswith("{")
        for body in [json.loads(heard.text).get("session")]
        if body and body.get("reveal") is not None
        for question in [body["question"]]
    }
    expected = {
        (who, index) for who in (*scene.players, "the screen", "the host") for index in range(len(scene.keys))
    }
    return told == expected


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", SETTINGS)
async def test_key_of_an_open_question_leaves_for_nobody(running_system: RunningSystem, name: str) -> None:
    """Every frame, every reply, every line of every log."""
    settings = SETTINGS[name]
    hides_results = name != "at-once"
    logs = {path: path.stat().st_size for path in running_system.logs.glob("*.log")}
    async with scene(running_system, settings) as played:
        await played.play()
        await until(partial(_is_conclusive, played), what="every key with everybody in the end", within_s=WITHIN_S)
    assert leaks(played.overheard, played.secrets, hides_results=hides_results) == []
    if hides_results:
        for secret, opened_s in zip(played.secrets, played.opened_s, strict=True):
            told = points_told(played.overheard.frames, after_s=opened_s, before_s=secret.closing_s)
            assert all(len(points) == 1 for points in told.values()), f"question {secret.index + 1}"
    assert _logged(played, logs) == []


def _logged(played: Scene, began: dict[Path, int]) -> list[str]:
    typed = [text for key in played.keys for text in (*key.texts, key.wrong) if text]
    tokens = [client.joined.token for client in played.players.values()]
    texts = [*typed, *tokens, played.opened.host_token, played.opened.code]
    return [
        problem
        for path, size in began.items()
        for problem in logged_secrets(path.name, path.read_bytes()[size:].decode(errors="replace"), texts)
    ]
