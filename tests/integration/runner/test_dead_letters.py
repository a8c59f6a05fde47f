"""`quizline dead-letters` on the real chain: a poisoned event, its cause repaired, and the score appears."""

import contextlib
import json
import os
import subprocess
import sysconfig
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, Self

import pytest
from aiokafka import AIOKafkaProducer

from knative.local.home import Home
from knative.local.invoke.emitted import Emitted
from knative.local.system import LocalSystem
from knative.local.terminal import silent
from shared.adapters.mongo import MongoStores
from shared.events.catalog import SCORES
from shared.events.codec import Record, from_json, to_record
from tests.background import Background
from tests.integration.local.waiting import until
from tests.story import ADA, QUIZ, SESSION_ID

QUIZLINE = str(Path(sysconfig.get_path("scripts")) / "quizline")
FIXTURE = Path(__file__).parents[2] / "events" / "answer.accepted.json"
DATABASE = "quizline"
WITHIN_S = 60.0

pytestmark = pytest.mark.timeout(180)


class Unwatched:
    """Nobody waits before a screen."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing to take back."""

    def step(self, text: str) -> None:
        """A new step began."""

    def jars(self, done: int, total: int) -> None:
        """They are there already."""


class Chain:
    """Servers and runner with the five functions, no gateway, and the command line beside them."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._background = Background(self._run)
        self.state = self._background.held.state

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`quizline dead-letters ...` as a person calls it."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith("QUIZLINE_")}
        return subprocess.run(
            [QUIZLINE, "dead-letters", *arguments],
            env={**mine, "QUIZLINE_HOME": str(self._home)},
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )

    def letters(self, *arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.command("list", "--json", *arguments).stdout)
        return found

    async def write(self, *records: Record) -> None:
        async with AIOKafkaProducer(bootstrap_servers=self.state.kafka, acks="all") as producer:
            for record in records:
                await producer.send_and_wait(record.topic, record.value, key=record.key, headers=record.headers)

    def close(self) -> None:
        self._background.close()

    @contextlib.asynccontextmanager
    async def _run(self) -> AsyncIterator[LocalSystem]:
        async with LocalSystem(
            home=Home(self._home), echo=silent, progress=Unwatched(), gateways=0, environment={}
        ) as system:
            yield system


@pytest.fixture
async def chain(tmp_path: Path) -> AsyncIterator[Chain]:
    started = Chain(tmp_path)
    try:
        yield started
    finally:
        started.close()


async def test_poisoned_event_after_its_cause_is_repaired_is_replayed_and_scored(chain: Chain) -> None:
    """Missing quiz: 422, a dead letter. Published and replayed: the score, once, however often replayed."""
    await chain.write(to_record(from_json(FIXTURE.read_bytes())))
    await until(lambda: len(chain.letters()) == 1, within_s=WITHIN_S)
    [letter] = chain.letters("--function", "score", "--code", "422", "--session", SESSION_ID)
    assert letter["message"] == f"expected a published quiz, got {QUIZ.id}@{QUIZ.version}"

    mongo = MongoStores(chain.state.mongodb, DATABASE)
    try:
        await mongo.quizzes.add(QUIZ)
        async with Emitted(chain.state.kafka, (SCORES,)) as emitted:
            for _ in range(2):
                done = chain.command("replay", letter["place"])
                assert (done.returncode, "→ quiz.answers.accepted" in done.stdout) == (0, True), done
            events: list[Any] = []
            while len(events) < 2:
                events += await emitted.until_now(source="/quizline/functions/score", subject=SESSION_ID)
            assert len({event.attributes["id"] for event in events}) == 1
        [result] = await mongo.scores.all(SESSION_ID)
        assert (result.player_id, result.question, result.correct) == (ADA.id, 0, True)
    finally:
        mongo.close()
    assert len(chain.letters()) == 1


async def test_letters_that_no_function_can_read_are_shown_and_refused(chain: Chain) -> None:
    """Broken data and an unknown type: one dead letter each, shown whole, refused with the reason."""
    good = to_record(from_json(FIXTURE.read_bytes()))
    await chain.write(
        Record(good.topic, good.key, good.headers, b"{"),
        Record(good.topic, b"k", [], b"no event"),
    )
    await until(lambda: len(chain.letters()) == 2, within_s=WITHIN_S)
    places = [letter["place"] for letter in chain.letters()]
    shown = [chain.command("show", place).stdout for place in places]
    assert any("dev.knative.kafka.event" in text and "no event" in text for text in shown)
    done = chain.command("replay", "--all")
    assert done.returncode == 1
    assert _outcomes(done.stdout.splitlines()) == ["refused: expected a type of", "refused: expected data of a"]
    assert "0 events replayed, 2 refused" in done.stderr
    assert chain.command("show", "0/99").returncode == 1


def _outcomes(lines: Sequence[str]) -> list[str]:
    return sorted(line.rpartition("  ")[2][:27] for line in lines)
