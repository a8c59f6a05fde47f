"""What the results of a large session cost the gateway: time, memory, and how long its event loop was held up.

    python -m tests.performance.results_download --players 5000 --questions 100
    python -m tests.performance.results_download --players 1000 --questions 10 --mongodb

A task wakes every 5 ms and notes how late it was. With --mongodb the files come as in the gateway: out of a
process of their own, from the embedded server, filled before (1,000 documents a second). Without, that process's
work is done in this one, from documents in BSON, the same for each question, decoded in a thread.
"""

import argparse
import asyncio
import os
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import bson
import msgspec
import pymongo
import uvloop

from gateway.results.process import ResultsFiles, ResultsProcess
from gateway.results.reading import ResultsReader
from shared.adapters.mongo import MongoStores
from shared.domain.player import Answer, Player
from shared.domain.quiz import Question, QuestionType, Quiz
from shared.domain.ranking import Result
from shared.domain.session import Phase, Session, Timing
from shared.domain.settings import Settings
from shared.results.authored import authored_question
from shared.results.files import FILES
from tests.servers import Servers

DATABASE = "results_download"
SESSION = "5e55107a3b1c4d2e8f90a1b2c3d4e5f6"
EVERY_S = 0.005
IDLE_S = 3.0
AT_MS = 1_767_607_200_000


class StoredPlayers:
    """Everybody, as Players."""

    def __init__(self, players: int) -> None:
        self._players = players

    async def all(self, session_id: str) -> Sequence[Player]:
        return [msgspec.convert(_player(number), Player) for number in range(self._players)]

    async def count(self, session_id: str) -> int:
        return self._players


class StoredAnswers:
    """One question's answers out of BSON."""

    def __init__(self, players: int) -> None:
        self._stored = [bson.encode(_answer(0, number)) for number in range(players)]

    async def of_question(self, session_id: str, question: int) -> Sequence[Answer]:
        found = await asyncio.to_thread(lambda: [bson.decode(document) for document in self._stored])
        return await asyncio.to_thread(lambda: [msgspec.convert(document, Answer) for document in found])


class StoredScores:
    """Their scores."""

    def __init__(self, players: int) -> None:
        self._stored = [bson.encode(_score(0, number)) for number in range(players)]

    async def of_question(self, session_id: str, question: int) -> Sequence[Result]:
        found = await asyncio.to_thread(lambda: [bson.decode(document) for document in self._stored])
        return await asyncio.to_thread(lambda: [msgspec.convert(document, Result) for document in found])


async def fill(stores: MongoStores, url: str, *, players: int, questions: int) -> None:
    """As join, submit and score store it, written in bulk; the indexes first, as in life."""
    await stores.players.all(SESSION)
    await stores.answers.all(SESSION)
    await stores.scores.all(SESSION)
    with pymongo.MongoClient[dict[str, object]](url) as client:
        database = client[DATABASE]
        database.players.insert_many([_player(number) for number in range(players)])
        for question in range(questions):
            database.answers.insert_many([_answer(question, number) for number in range(players)])
            database.scores.insert_many([_score(question, number) for number in range(players)])


def _id(number: int) -> str:
    return f"0a1b2c3d-4e5f-5607-8192-{number:012d}"


def _player(number: int) -> dict[str, object]:
    return {
        "_id": f"{SESSION}/{_id(number)}",
        "id": _id(number),
        "session_id": SESSION,
        "nickname": f"Player {number}",
        "nickname_key": f"player{number}",
        "joined_at_ms": AT_MS + number,
        "request_id": f"join-request-{number:08d}",
        "seat": number,
    }


def _answer(question: int, number: int) -> dict[str, object]:
    return {
        "_id": f"{SESSION}/{question}/{_id(number)}",
        "id": f"answer-{question}-{number}",
        "session_id": SESSION,
        "player_id": _id(number),
        "question": question,
        "value": {"choices": [(number + question) % 4], "text": ""},
        "received_at_ms": AT_MS + number,
        "elapsed_ms": number % 20_000,
    }


def _score(question: int, number: int) -> dict[str, object]:
    return {
        "_id": f"{SESSION}/{question}/{_id(number)}",
        "session_id": SESSION,
        "player_id": _id(number),
        "nickname": f"Player {number}",
        "joined_at_ms": AT_MS + number,
        "question": question,
        "correct": (number + question) % 4 == 1,
        "points": 700,
        "elapsed_ms": number % 20_000,
        "answer_id": f"answer-{question}-{number}",
        "received_at_ms": AT_MS + number,
    }


def story(questions: int) -> tuple[Session, Quiz]:
    """A finished session of four choices a question, shuffled."""
    asked = Question(
        type=QuestionType.SINGLE,
        prompt="Which is the largest ocean of the world?",
        choices=("Atlantic", "Pacific", "Indian", "Arctic"),
        correct=(1,),
    )
    session = Session(
        id=SESSION,
        code="ABC234",
        quiz_id="quiz",
        quiz_version=1,
        time_limits_ms=(20_000,) * questions,
        settings=Settings(shuffle_choices=True),
        created_at_ms=AT_MS,
        seed="a seed",
        phase=Phase.FINISHED,
        question=questions - 1,
        timings=(Timing(opened_at_ms=AT_MS, closes_at_ms=AT_MS + 20_000),) * questions,
    )
    return session, Quiz(id="quiz", version=1, title="Oceans", questions=(asked,) * questions)


@asynccontextmanager
async def lateness() -> AsyncIterator[list[float]]:
    """How late each wake-up of a timer was, in milliseconds."""
    late_ms: list[float] = []

    async def watch() -> None:
        while True:
            due_s = time.perf_counter() + EVERY_S
            await asyncio.sleep(EVERY_S)
            late_ms.append((time.perf_counter() - due_s) * 1_000)

    watching = asyncio.create_task(watch())
    try:
        yield late_ms
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def measure(reader: ResultsReader, files: ResultsFiles, *, questions: int) -> None:
    """Print a line a format, and one for the statistics of a question."""
    session, quiz = story(questions)
    asked = authored_question(quiz.questions[0], index=0, seed=session.seed, shuffled=True)
    async with lateness() as late_ms:
        started_s = time.perf_counter()
        await asyncio.sleep(IDLE_S)
        tell("idle", started_s, late_ms, size=0)
    async with lateness() as late_ms:
        started_s = time.perf_counter()
        await reader.statistics(session, asked)
        tell("statistics", started_s, late_ms, size=0)
    for format in FILES:
        async with lateness() as late_ms:
            started_s, size = time.perf_counter(), 0
            async for piece in files.pieces(session, quiz, format=format):
                size += len(piece)
            tell(format, started_s, late_ms, size=size)


async def with_mongodb(*, players: int, questions: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        servers = Servers(Path(home))
        stores = MongoStores(servers.mongodb_url, DATABASE)
        try:
            await fill(stores, servers.mongodb_url, players=players, questions=questions)
            reader = ResultsReader(players=stores.players, answers=stores.answers, scores=stores.scores)
            await stores.sessions.add(story(questions)[0])
            await stores.quizzes.add(story(questions)[1])
            os.environ |= {
                "QUIZLINE_KAFKA_BOOTSTRAP": servers.kafka_bootstrap,
                "QUIZLINE_MONGODB_URL": servers.mongodb_url,
                "QUIZLINE_MONGODB_DATABASE": DATABASE,
                "QUIZLINE_REDIS_URL": servers.redis_url,
            }
            await measure(reader, ResultsProcess(), questions=questions)
        finally:
            stores.close()
            servers.close()


async def without(*, players: int, questions: int) -> None:
    reader = ResultsReader(
        players=StoredPlayers(players),
        answers=StoredAnswers(players),
        scores=StoredScores(players),
    )
    await measure(reader, reader, questions=questions)


def tell(what: str, started_s: float, late_ms: list[float], *, size: int) -> None:
    late = sorted(late_ms)
    seconds = time.perf_counter() - started_s
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    p99 = late[int(len(late) * 0.99)] if late else 0.0
    print(
        f"{what:10} {seconds:6.2f} s  {size / 1e6:6.1f} MB  loop late p99 {p99:5.1f} ms, most {late[-1]:5.1f} ms  "
        f"peak memory of the process {peak_mb:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--players", type=int, default=5_000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--mongodb", action="store_true")
    arguments = parser.parse_args()
    run = with_mongodb if arguments.mongodb else without
    uvloop.run(run(players=arguments.players, questions=arguments.questions))


if __name__ == "__main__":
    main()
