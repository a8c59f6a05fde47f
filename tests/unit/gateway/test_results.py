"""A session's results and its questions' statistics over HTTP."""

import asyncio
import csv
import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from gateway.results.fresh import Fresh
from gateway.results.turnstile import Turnstile
from shared.adapters.memory import MemorySystem, Part
from shared.domain.errors import TransientFailure
from shared.domain.player import Answer, Player
from shared.domain.quiz import AnswerValue
from shared.domain.ranking import Result
from shared.domain.session import Phase, Session
from shared.domain.settings import Pacing
from tests.story import ADA, FINISHED, FIRST_CLOSED, FIRST_OPEN, GRACE, LOBBY, SECOND_OPEN, SESSION_ID, seed
from tests.unit.gateway.stage import Running, Stage

FILES = [f"/api/sessions/{SESSION_ID}/results.{format}" for format in ("json", "csv", "xlsx")]
STATISTICS = f"/api/sessions/{SESSION_ID}/questions/0/statistics"
COUNTS = f"/api/sessions/{LOBBY.code}/questions/0/counts"


async def answered(
    system: MemorySystem, player: Player, question: int, value: AnswerValue, *, points: int
) -> None:
    """An answer as submit and score store it."""
    answer = Answer(
        id=f"{player.nickname}-{question}",
        session_id=SESSION_ID,
        player_id=player.id,
        question=question,
        value=value,
        received_at_ms=player.joined_at_ms + 10_000,
        elapsed_ms=2_000,
    )
    await system.answers.add(answer)
    result = Result(
        player_id=player.id,
        nickname=player.nickname,
        joined_at_ms=player.joined_at_ms,
        question=question,
        correct=points > 0,
        points=points,
        elapsed_ms=2_000,
        answer_id=answer.id,
        received_at_ms=answer.received_at_ms,
    )
    await system.scores.add(SESSION_ID, result)


async def played(stage: Stage, *, session: Session = FINISHED) -> None:
    """Ada is right twice, Grace wrong once."""
    await seed(stage.system, session=session)
    await answered(stage.system, ADA, 0, AnswerValue(choices=(1,)), points=900)
    await answered(stage.system, GRACE, 0, AnswerValue(choices=(3,)), points=0)
    await answered(stage.system, ADA, 1, AnswerValue(text="8"), points=800)


async def fetched(gateway: Running, path: str, *, token: str | None = None) -> tuple[int, bytes, Any]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    async with gateway.http.get(gateway.url + path, headers=headers) as response:
        return response.status, await response.read(), response.headers


async def test_results_as_json_have_answers_players_and_questions(stage: Stage, gateway: Running) -> None:
    """Recomputed from the scores; the file is named after the quiz."""
    await played(stage)
    status, body, headers = await fetched(gateway, FILES[0], token=stage.host_token())
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Two-questions-about-the-sky.json"
    told = json.loads(body)
    assert [(row["nickname"], row["answer"], row["points"]) for row in told["answers"]] == [
        ("Ada", "Jupiter", 900),
        ("Grace", "Venus", 0),
        ("Ada", "8", 800),
    ]
    assert [(row["rank"], row["nickname"], row["points"]) for row in told["players"]] == [
        (1, "Ada", 1_700),
        (2, "Grace", 0),
    ]
    assert [row["not_answered"] for row in told["questions"]] == [0, 1]


async def test_results_as_csv_and_xlsx_have_the_same_answers(stage: Stage, gateway: Running) -> None:
    """One table, two files."""
    await played(stage)
    _, text, csv_headers = await fetched(gateway, FILES[1], token=stage.host_token())
    _, book, xlsx_headers = await fetched(gateway, FILES[2], token=stage.host_token())
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Answers"]
    cells = [[_shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == cells
    assert csv_headers["Content-Type"] == "text/csv; charset=utf-8"
    assert xlsx_headers["Content-Type"].endswith("spreadsheetml.sheet")


def _shown(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else "" if cell is None else str(cell)


async def test_results_during_a_session_are_those_so_far(stage: Stage, gateway: Running) -> None:
    """The open question's answers are among them, but not what is right."""
    await played(stage, session=SECOND_OPEN)
    status, body, _ = await fetched(gateway, FILES[0], token=stage.host_token())
    told = json.loads(body)
    assert (status, told["session"]["phase"]) == (200, "question_open")
    assert [(row["question"], row["correct_answer"], row["points"]) for row in told["answers"]] == [
        (1, "Jupiter", 900),
        (1, "Jupiter", 0),
        (2, "", None),
    ]
    assert [row["index"] for row in told["questions"]] == [0]


@pytest.mark.parametrize("path", [*FILES, STATISTICS])
async def test_results_are_the_hosts_alone(stage: Stage, gateway: Running, path: str) -> None:
    """No token, a player's, another session's: 401."""
    await played(stage)
    for token in (None, stage.token(ADA), stage.host_token("another")):
        assert (await fetched(gateway, path, token=token))[0] == 401


async def test_results_of_no_session_are_not_found(stage: Stage, gateway: Running) -> None:
    """A token outlives nothing."""
    status, body, _ = await fetched(gateway, FILES[0], token=stage.host_token())
    assert (status, json.loads(body)["error"]["code"]) == (404, "session_unknown")


async def test_results_while_the_store_is_away_are_503(stage: Stage, gateway: Running) -> None:
    """Told before a first byte, so that nobody takes a torn file for a whole one."""
    await played(stage)
    stage.system.faults.away.add(Part.MONGODB)
    assert (await fetched(gateway, FILES[2], token=stage.host_token()))[0] == 503


async def test_statistics_of_a_closed_question_have_its_distribution(stage: Stage, gateway: Running) -> None:
    """By choice, in the author's order."""
    await played(stage, session=FIRST_CLOSED)
    status, body, _ = await fetched(gateway, STATISTICS, token=stage.host_token())
    told = json.loads(body)
    assert status == 200
    assert [bar["count"] for bar in told["distribution"]] == [0, 1, 0, 1]
    assert (told["answered"], told["not_answered"], told["share_correct"]) == (2, 0, 0.5)


@pytest.mark.parametrize(
    ("session", "index", "refusal"),
    [
        (FIRST_OPEN, 0, (409, "question_open")),
        (LOBBY, 0, (409, "question_not_open")),
        (FIRST_CLOSED, 1, (409, "question_not_open")),
        (SECOND_OPEN, 1, (409, "question_open")),
        (FINISHED, 2, (404, "question_unknown")),
        (FINISHED, "-1", (404, "question_unknown")),
        (FINISHED, "x", (404, "question_unknown")),
    ],
)
async def test_statistics_before_the_close_are_refused(
    stage: Stage, gateway: Running, session: Session, index: object, refusal: tuple[int, str]
) -> None:
    """No right answer leaves before its question is closed, not even to the host's screen."""
    await played(stage, session=session)
    path = f"/api/sessions/{SESSION_ID}/questions/{index}/statistics"
    answer = await fetched(gateway, path, token=stage.host_token())
    assert (answer[0], json.loads(answer[1])["error"]["code"]) == refusal
    assert b"Jupiter" not in answer[1]


async def test_statistics_with_self_pacing_come_at_the_end(stage: Stage, gateway: Running) -> None:
    """Somebody may still be at the first question."""
    own_pace = replace(LOBBY.settings, pacing=Pacing.PLAYER)
    running = replace(LOBBY, settings=own_pace, phase=Phase.RUNNING, version=2, ends_at_ms=1)
    await played(stage, session=running)
    status, body, _ = await fetched(gateway, STATISTICS, token=stage.host_token())
    assert (status, json.loads(body)["error"]["code"]) == (409, "question_open")
    await stage.system.sessions.compare_and_set(replace(running, phase=Phase.FINISHED, version=3))
    assert (await fetched(gateway, STATISTICS, token=stage.host_token()))[0] == 200


async def test_counts_of_a_closed_question_are_for_whoever_has_the_code(stage: Stage, gateway: Running) -> None:
    """How often each choice was picked, as shown; before the close nothing, as for the host."""
    await played(stage, session=FIRST_OPEN)
    assert (await fetched(gateway, COUNTS))[0] == 409
    await stage.system.sessions.compare_and_set(replace(FIRST_CLOSED, version=FIRST_OPEN.version + 1))
    status, body, _ = await fetched(gateway, COUNTS)
    assert (status, json.loads(body)) == (200, {"index": 0, "answered": 2, "correct": 1, "picked": [0, 1, 0, 1]})


async def test_counts_are_refused_where_nobody_may_watch(stage: Stage, gateway: Running) -> None:
    """They would tell whoever guesses the code; and a code that nobody has is not found."""
    alone = replace(FIRST_CLOSED, settings=replace(FIRST_CLOSED.settings, spectators=False))
    await played(stage, session=alone)
    status, body, _ = await fetched(gateway, COUNTS)
    assert (status, json.loads(body)["error"]["code"]) == (403, "spectators_not_allowed")
    assert (await fetched(gateway, "/api/sessions/NOBODY/questions/0/counts"))[0] == 404


async def test_fresh_works_once_for_all_who_ask_at_once() -> None:
    """And not again within the moment; a failure is nobody's answer."""
    made = 0

    async def make() -> int:
        nonlocal made
        made += 1
        await asyncio.sleep(0)
        if made == 1:
            raise TransientFailure("away")
        return made

    fresh: Fresh[int] = Fresh(fresh_for_s=60.0)
    with pytest.raises(TransientFailure):
        await fresh.get("key", make)
    assert await asyncio.gather(*(fresh.get("key", make) for _ in range(50))) == [2] * 50
    assert await fresh.get("another", make) == 3


async def test_fresh_keeps_so_many_and_for_a_moment() -> None:
    """Bounded, and never older than stated."""
    fresh: Fresh[int] = Fresh(fresh_for_s=-1.0, kept=2)
    values = iter(range(10))

    async def make() -> int:
        return next(values)

    assert [await fresh.get(str(key), make) for key in (0, 0, 1, 2, 0)] == [0, 1, 2, 3, 4]


async def test_turnstile_sends_away_whoever_is_too_many() -> None:
    """One inside, one waiting, the third has to come again."""
    turnstile = Turnstile(at_once=1, waiting=1, what="imports")
    leave = asyncio.Event()

    async def stay() -> None:
        async with turnstile.passed():
            await leave.wait()

    inside = [asyncio.create_task(stay()) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TransientFailure, match="expected at most 2 imports"):
        async with turnstile.passed():
            raise AssertionError("expected to be sent away")
    leave.set()
    await asyncio.gather(*inside)
    async with turnstile.passed():
        pass
