"""A session with secret keys from the inside: three players, ears beside each of them at either gateway, strangers
who ask for everything. What was heard and when each question closed is for the test to judge.
"""

import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from knative.local.play.choosing import as_shown
from shared.client.host import HostClient, HostedSession, OpenedSession, QuizRef
from shared.client.http import Gateways, open_http
from shared.client.player import Joined, PlayerClient, request_join
from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Command, Phase
from shared.events.payloads import QuestionView
from tests.e2e.overhearing import Ear, Heard, Overheard, Secret
from tests.e2e.running_system import RunningSystem

WITHIN_S = 60.0


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

    async def play_at_own_pace(self) -> None:
        """Ada and Bob go through all questions; Cleo looks at the first one. Nothing is closed before the end."""
        await self.host.advance(Command.START, into=Phase.RUNNING)
        self.opened_s.append(time.monotonic())
        await self.players["Cleo"].open_question(0)
        for name in ("Ada", "Bob"):
            for index, key in enumerate(self.keys):
                shown = (await self.players[name].open_question(index)).question
                choices, text = answer_to(key, shown, is_right=name == "Ada")
                await self.players[name].answer(index, choices=choices, text=text, timeout_s=WITHIN_S)
        await self.players["Cleo"].until(
            lambda view: view.leaderboard is not None and view.leaderboard.version == 2 * len(self.keys),
            timeout_s=WITHIN_S,
        )
        await self._ask_everything(0)
        closing_s = time.monotonic()
        self.secrets += [
            Secret(index=index, closing_s=closing_s, texts=key.texts, answered=frozenset({"Ada", "Bob"}))
            for index, key in enumerate(self.keys)
        ]
        await self.host.advance(Command.FINISH, into=Phase.FINISHED)

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
