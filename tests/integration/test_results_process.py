"""`python -m gateway.results` against a real MongoDB: what the gateway starts for each download."""

import json
import uuid

import pytest

from gateway.results.process import ResultsProcess
from shared.adapters.mongo import MongoStores
from shared.domain.errors import TransientFailure
from shared.domain.player import Answer
from shared.domain.quiz import AnswerValue
from shared.domain.ranking import Result
from tests.servers import Servers
from tests.story import ADA, FINISHED, PLAYERS, QUIZ, SESSION_ID


@pytest.fixture
def database(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of this test's own, in the environment that the process inherits."""
    name = f"results-{uuid.uuid4().hex}"
    monkeypatch.setenv("QUIZLINE_KAFKA_BOOTSTRAP", servers.kafka_bootstrap)
    monkeypatch.setenv("QUIZLINE_MONGODB_URL", servers.mongodb_url)
    monkeypatch.setenv("QUIZLINE_MONGODB_DATABASE", name)
    monkeypatch.setenv("QUIZLINE_REDIS_URL", servers.redis_url)
    return name


async def test_results_process_writes_what_is_stored(servers: Servers, database: str) -> None:
    """Session, quiz, players, answers and scores, each from its store."""
    stores = MongoStores(servers.mongodb_url, database)
    await stores.quizzes.add(QUIZ)
    await stores.sessions.add(FINISHED)
    for player in PLAYERS:
        await stores.players.add(player, seats=100)
    answer = Answer(
        id="a1",
        session_id=SESSION_ID,
        player_id=ADA.id,
        question=0,
        value=AnswerValue(choices=(1,)),
        received_at_ms=1_767_607_214_000,
        elapsed_ms=4_000,
    )
    await stores.answers.add(answer)
    result = Result(
        player_id=ADA.id,
        nickname=ADA.nickname,
        joined_at_ms=ADA.joined_at_ms,
        question=0,
        correct=True,
        points=900,
        elapsed_ms=4_000,
        answer_id="a1",
    )
    await stores.scores.add(SESSION_ID, result)
    stores.close()
    pieces = [piece async for piece in ResultsProcess().pieces(FINISHED, QUIZ, format="json")]
    told = json.loads(b"".join(pieces))
    assert [(row["nickname"], row["answer"], row["points"], row["rank"]) for row in told["answers"]] == [
        ("Ada", "Jupiter", 900, 1)
    ]
    assert [row["nickname"] for row in told["players"]] == ["Ada", "Grace"]


async def test_results_process_without_its_session_fails(database: str) -> None:
    """Before it has written anything."""
    with pytest.raises(TransientFailure, match="got exit code 3"):
        await anext(ResultsProcess().pieces(FINISHED, QUIZ, format="json"))
