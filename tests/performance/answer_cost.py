"""CPU of one answer through the whole pipeline, part by part, against its floor in the same run.

    python -m tests.performance.answer_cost --players 250 --questions 20 --rate 500

The whole local system; its players only answer (lean_players.py), so that the load does not fight with it for the
cores. The first questions warm everything up and are not counted, so starts and joins fall out. The floor
(floor.py) is measured on the same servers before and after: on a shared machine only the ratio says something. A
function's instances are looked at until they end: what one used after the last look is missed, at most a few
milliseconds.
"""

import argparse
import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import uvloop

from knative.local.home import Home
from knative.local.play.stage import addresses_of, own_system
from knative.local.system import LocalSystem
from shared.client.host import HostClient, HostedSession
from shared.client.http import Gateways, open_http
from shared.client.view import FeedView
from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Command, Phase
from tests.performance.floor import Place, floor_us, measured_floor, told
from tests.performance.lean_players import LeanPlayer, answer, joined_players

LOOK_EVERY_S = 0.1
SETTLED_WITHIN_S = 60.0
FLOOR_ROUNDS = 3_000
IDLE_S = 4.0


class Accounts:
    """CPU seconds by part; an instance counts for its function."""

    def __init__(self, system: LocalSystem) -> None:
        self._system = system
        self._seconds: dict[psutil.Process, tuple[str, float]] = {}

    async def keep(self) -> None:
        """Look regularly, until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    def look(self) -> None:
        processes = self._system.state.processes
        for name, pid in processes.items():
            self._note(psutil.Process(pid), name.rstrip("-0123456789"))
        for child in psutil.Process(processes["runner"]).children():
            self._note(child, "")

    def by_part(self) -> dict[str, float]:
        sums: dict[str, float] = defaultdict(float)
        for name, seconds in self._seconds.values():
            sums[name] += seconds
        return sums

    def _note(self, process: psutil.Process, name: str) -> None:
        """An instance is known by its environment, which for a moment after its start is still the runner's."""
        known = self._seconds.get(process, ("", 0.0))[0]
        try:
            name = name or known or process.environ().get("FUNCTION_TARGET", "")
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            return
        self._seconds[process] = (name, times.user + times.system)


@dataclass(slots=True)
class Course:
    """What happened while it counted."""

    answers: int = 0
    frames: int = 0
    errors: int = 0
    seconds: float = 0.0
    last_answer_to_board_ms: list[float] = field(default_factory=list)


class Play:
    """One session of lean players: its host opens and closes, they answer."""

    def __init__(self, session: HostedSession, players: Sequence[LeanPlayer], *, rate: float) -> None:
        self._session = session
        self._players = players
        self._rate = rate

    async def questions(self, numbers: range) -> Course:
        """Play these. Raises TimeoutError when an answer does not arrive on the board."""
        course, began_s = Course(), time.monotonic()
        heard = sum(player.heard for player in self._players)
        for number in numbers:
            await self._session.advance(
                Command.START if number == 0 else Command.NEXT, into=Phase.QUESTION_OPEN, question=number
            )
            await self._ready(number)
            await answer(self._players, number, per_s=self._rate)
            sent_s = time.monotonic()
            await self._session.until(partial(self._all_in, number), timeout_s=SETTLED_WITHIN_S)
            course.last_answer_to_board_ms.append(round(1_000 * (time.monotonic() - sent_s), 1))
            await self._session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=number)
            course.answers += len(self._players)
        course.frames = sum(player.heard for player in self._players) - heard
        course.errors = sum(player.lost for player in self._players)
        course.seconds = round(time.monotonic() - began_s, 1)
        return course

    async def _ready(self, number: int) -> None:
        """Answers count from a little after the announcement."""
        question = self._session.view.open_question
        assert question is not None
        assert question.index == number
        await asyncio.sleep(max(0.0, (question.opened_at_ms - self._session.clock.now_ms()) / 1_000))

    def _all_in(self, number: int, view: FeedView) -> bool:
        board = view.leaderboard
        return board is not None and board.question == number and board.answered == len(self._players)


async def measured(arguments: argparse.Namespace) -> dict[str, object]:
    """Everything in one run, on a system of its own."""
    with TemporaryDirectory() as folder:
        async with own_system(Home(Path(folder)), gateways=arguments.gateways, tell=_silent) as system:
            state = system.state
            place = Place(kafka=state.kafka, mongodb=state.mongodb, redis=state.redis, pids=state.processes)
            async with open_http() as http:
                urls = addresses_of(state).gateway_urls
                gateways = [Gateways(http, urls, first=number) for number in range(len(urls))]
                return await _played(arguments, system, place, gateways)


async def _played(
    arguments: argparse.Namespace, system: LocalSystem, place: Place, gateways: Sequence[Gateways]
) -> dict[str, object]:
    host = HostClient(gateways[0])
    quiz = await host.create_quiz("Answer cost", _questions(arguments.warmup + 1 + arguments.questions))
    opened = await host.open_session(quiz)
    players = await joined_players(gateways, opened.code, arguments.players)
    accounts = Accounts(system)
    async with HostedSession(gateways[0], opened) as session:
        play = Play(session, players, rate=arguments.rate)
        await play.questions(range(arguments.warmup))
        idle = await _idle(accounts)
        floors = [await measured_floor(place, rounds=FLOOR_ROUNDS)]
        # The functions may have gone to sleep meanwhile.
        first = arguments.warmup + 1
        await play.questions(range(arguments.warmup, first))
        looking = asyncio.create_task(accounts.keep())
        accounts.look()
        before = accounts.by_part()
        course = await play.questions(range(first, first + arguments.questions))
        accounts.look()
        looking.cancel()
        floors.append(await measured_floor(place, rounds=FLOOR_ROUNDS))
    for player in players:
        player.close()
    after = accounts.by_part()
    spent = {
        name: seconds - before.get(name, 0.0) - course.seconds * idle.get(name, 0.0)
        for name, seconds in sorted(after.items())
    }
    return _shown(course, spent, idle, [(floor_us(floor), told(floor)) for floor in floors])


async def _idle(accounts: Accounts) -> dict[str, float]:
    """CPU seconds of each part in a second in which nobody answers."""
    accounts.look()
    before = accounts.by_part()
    await asyncio.sleep(IDLE_S)
    accounts.look()
    return {name: (seconds - before.get(name, 0.0)) / IDLE_S for name, seconds in accounts.by_part().items()}


def _shown(
    course: Course, spent: dict[str, float], idle: dict[str, float], floors: Sequence[tuple[float, object]]
) -> dict[str, object]:
    """`us`: for one answer, without what the part spends while nobody answers."""
    us = {name: round(1e6 * seconds / course.answers) for name, seconds in spent.items()}
    floor = sum(total for total, _ in floors) / len(floors)
    delays = sorted(course.last_answer_to_board_ms)
    return {
        "answers": course.answers,
        "per_s": round(course.answers / course.seconds),
        "frames_per_answer": round(course.frames / course.answers, 1),
        "lost_connections": course.errors,
        "last_answer_to_board_ms": {"p50": delays[len(delays) // 2], "max": delays[-1]},
        "floor": [shown for _, shown in floors],
        "floor_us": round(floor),
        "idle_ms_per_s": {name: round(1_000 * seconds, 1) for name, seconds in sorted(idle.items())},
        "us": us,
        "us_in_all": sum(us.values()),
        "ratio": round(sum(us.values()) / floor, 2),
    }


def _questions(count: int) -> tuple[Question, ...]:
    return tuple(
        Question(
            type=QuestionType.SINGLE,
            prompt=f"Question {number + 1}: which is the largest ocean of the world?",
            choices=("Atlantic", "Pacific", "Indian", "Arctic"),
            correct=(1,),
            time_limit_ms=120_000,
        )
        for number in range(count)
    )


def _silent(text: str) -> None:
    """Nobody looks at the start-up steps."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.performance.answer_cost", description=__doc__)
    parser.add_argument("--players", type=int, default=250)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--warmup", type=int, default=6, help="questions before it counts")
    parser.add_argument("--rate", type=float, default=400, help="answers a second while a question is open")
    parser.add_argument("--gateways", type=int, default=None)
    print(json.dumps(uvloop.run(measured(parser.parse_args())), indent=2))


if __name__ == "__main__":
    main()
