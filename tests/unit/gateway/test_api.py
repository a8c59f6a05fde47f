"""The HTTP API: what each operation does, and how each failure is told."""

import asyncio
import json
from typing import Any

import pytest

from shared.adapters.memory import Part
from shared.events.payloads import AnswerSubmitted, PlayerJoinRequested
from shared.ports.deadlines import Deadline
from tests.story import ADA, FIRST_OPEN, GRACE, LOBBY, QUIZ, SESSION_ID, seed
from tests.unit.gateway.author import Author, published
from tests.unit.gateway.stage import Running, Stage, until

REQUEST_ID = "a-request-id-of-ada"


async def _call(
    gateway: Running, method: str, path: str, body: Any = None, *, token: str | None = None, **headers: str
) -> tuple[int, Any, Any]:
    """Status, body and headers."""
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    async with gateway.http.request(method, gateway.url + path, data=data, headers=headers) as response:
        return response.status, json.loads(await response.read()), response.headers


async def test_a_session_is_opened_found_by_any_spelling_of_its_code_and_driven(
    stage: Stage, gateway: Running
) -> None:
    """The whole way of a host."""
    author = Author(gateway, stage.author_token())
    status, opened = await author.post("/api/sessions", {"quiz_id": await published(author)})
    assert status == 201
    spelled = f"{opened['code'][:3].lower()}-{opened['code'][3:]}"
    status, found, _ = await _call(gateway, "GET", f"/api/sessions/{spelled}")
    assert status == 200
    assert (found["session_id"], found["phase"], found["title"]) == (opened["session_id"], "lobby", "The sky")
    commands = f"/api/sessions/{opened['session_id']}/commands"
    start = {"command": "start", "version": 1}
    status, done, _ = await _call(gateway, "POST", commands, start, token=opened["host_token"])
    assert (status, done) == (200, {"version": 2, "phase": "question_open"})
    status, stale, _ = await _call(gateway, "POST", commands, start, token=opened["host_token"])
    assert (status, stale["error"]["code"], stale["error"]["version"]) == (409, "command_stale", 2)


async def test_a_session_of_an_unknown_quiz_is_refused(stage: Stage, gateway: Running) -> None:
    """There is nothing to open."""
    status, body = await Author(gateway, stage.author_token()).post("/api/sessions", {"quiz_id": "none"})
    assert (status, body["error"]["code"]) == (404, "quiz_unknown")


async def test_a_session_is_opened_although_kafka_is_away_and_announced_later(
    stage: Stage, gateway: Running
) -> None:
    """It is stored, so it exists; its deadline sees to the announcement."""
    await stage.own_quiz()
    stage.system.faults.away.add(Part.KAFKA)
    status, opened = await Author(gateway, stage.author_token()).post("/api/sessions", {"quiz_id": QUIZ.id})
    assert status == 201
    assert Deadline(opened["session_id"], 1, None) in stage.system.redis.contents.deadlines
    stage.system.faults.away.clear()
    stage.system.clock.advance(2_001)
    await until(lambda: [event.subject for event in stage.system.publisher.events] == [opened["session_id"]])


@pytest.mark.parametrize("token", [None, "rubbish", "of a player", "of another session"])
async def test_a_command_without_the_sessions_host_token_is_refused(
    stage: Stage, gateway: Running, token: str | None
) -> None:
    """Hosts only touch their own sessions; why a token is no good is not told."""
    await seed(stage.system, session=LOBBY)
    tokens = {"of a player": stage.token(ADA), "of another session": stage.host_token("another")}
    status, body, _ = await _call(
        gateway,
        "POST",
        f"/api/sessions/{SESSION_ID}/commands",
        {"command": "start", "version": 1},
        token=tokens.get(token or "", token),
    )
    assert (status, body["error"]) == (
        401,
        {"code": "token_invalid", "message": "expected a valid token of this session"},
    )


async def test_a_join_answers_with_its_outcome_from_the_gateways_channel(stage: Stage, gateway: Running) -> None:
    """201 with a token that opens the player's socket."""
    await seed(stage.system, session=LOBBY, players=())
    body = {"nickname": "Ada", "request_id": REQUEST_ID}
    joining = asyncio.create_task(_call(gateway, "POST", f"/api/sessions/{LOBBY.code}/players", body))
    await until(lambda: bool(stage.system.publisher.events))
    (event,) = stage.system.publisher.events
    assert isinstance(event.data, PlayerJoinRequested)
    assert event.data.gateway == "gateway-0"
    await stage.admit("gateway-0", event)
    status, admitted, _ = await joining
    assert (status, admitted["nickname"], admitted["player_id"]) == (201, "Ada", event.data.player_id)
    client = await gateway.follow(token=admitted["token"])
    assert (await client.hear())["me"]["player_id"] == admitted["player_id"]


async def test_a_join_sent_again_gives_the_same_player_without_asking_again(
    stage: Stage, gateway: Running
) -> None:
    """The phone lost the answer: same request id, same player, any gateway."""
    await seed(stage.system, session=LOBBY, players=())
    other = await stage.start("gateway-1")
    body = {"nickname": "Ada", "request_id": REQUEST_ID}
    path = f"/api/sessions/{LOBBY.code}/players"
    joining = asyncio.create_task(_call(gateway, "POST", path, body))
    await until(lambda: bool(stage.system.publisher.events))
    await stage.admit("gateway-0", stage.system.publisher.events[0])
    _, first, _ = await joining
    status, again, _ = await _call(other, "POST", path, body)
    assert (status, again["player_id"]) == (201, first["player_id"])
    assert len(stage.system.publisher.events) == 1


async def test_a_join_whose_outcome_is_late_is_told_where_to_ask(stage: Stage) -> None:
    """202, then pending, then the outcome."""
    gateway = await stage.start(outcome_within_s=0.05)
    await seed(stage.system, session=LOBBY, players=())
    body = {"nickname": "Ada", "request_id": REQUEST_ID}
    status, pending, headers = await _call(gateway, "POST", f"/api/sessions/{LOBBY.code}/players", body)
    assert (status, headers["Location"]) == (202, pending["location"])
    assert (await _call(gateway, "GET", pending["location"]))[0] == 202
    await stage.admit("gateway-0", stage.system.publisher.events[0])
    status, admitted, _ = await _call(gateway, "GET", pending["location"])
    assert (status, admitted["nickname"]) == (200, "Ada")


async def test_a_refused_join_is_answered_with_the_refusal(stage: Stage, gateway: Running) -> None:
    """Each code has its status."""
    await seed(stage.system, session=LOBBY, players=())
    body = {"nickname": "Ada", "request_id": REQUEST_ID}
    joining = asyncio.create_task(_call(gateway, "POST", f"/api/sessions/{LOBBY.code}/players", body))
    await until(lambda: bool(stage.system.publisher.events))
    request = stage.system.publisher.events[0].data
    assert isinstance(request, PlayerJoinRequested)
    refusal = {
        "request_id": REQUEST_ID,
        "player_id": request.player_id,
        "code": "nickname_taken",
        "message": "taken",
        "gateway": "gateway-0",
    }
    outcome = json.dumps(refusal).encode()
    await stage.system.feed.send_join_outcome(SESSION_ID, "gateway-0", REQUEST_ID, outcome)
    status, answer, _ = await joining
    assert (status, answer["error"]) == (409, {"code": "nickname_taken", "message": "taken"})


async def test_a_request_id_used_for_another_session_is_a_new_request(stage: Stage) -> None:
    """An outcome belongs to one session."""
    gateway = await stage.start(outcome_within_s=0.05)
    await seed(stage.system, session=LOBBY, players=())
    await stage.system.feed.send_join_outcome("another", "gateway-0", REQUEST_ID, b'{"player_id":"someone"}')
    body = {"nickname": "Ada", "request_id": REQUEST_ID}
    assert (await _call(gateway, "POST", f"/api/sessions/{LOBBY.code}/players", body))[0] == 202
    assert len(stage.system.publisher.events) == 1


async def test_an_answer_is_taken_only_when_kafka_has_it(stage: Stage, gateway: Running) -> None:
    """202 after the acknowledgement; 503 and when to try again without; the same id is the same event."""
    await seed(stage.system, session=FIRST_OPEN)
    path = f"/api/sessions/{SESSION_ID}/answers"
    body = {"id": "first", "question": 0, "value": {"choices": [1]}}
    stage.system.faults.away.add(Part.KAFKA)
    status, refused, headers = await _call(gateway, "POST", path, body, token=stage.token(ADA))
    assert (status, refused["error"]["code"], headers["Retry-After"]) == (503, "unavailable", "2")
    stage.system.faults.away.clear()
    for _ in range(2):
        assert (await _call(gateway, "POST", path, body, token=stage.token(ADA)))[:2] == (202, {"id": "first"})
    first, again = [event for event in stage.system.publisher.events if isinstance(event.data, AnswerSubmitted)]
    assert isinstance(first.data, AnswerSubmitted)
    assert first.id == again.id
    assert first.data.received_at_ms == stage.system.clock.now_ms()


async def test_a_players_answers_are_limited(stage: Stage, gateway: Running) -> None:
    """The flooder is limited; nobody else notices."""
    await seed(stage.system, session=FIRST_OPEN)
    path = f"/api/sessions/{SESSION_ID}/answers"
    body = {"id": "first", "question": 0, "value": {"choices": [1]}}
    statuses = [(await _call(gateway, "POST", path, body, token=stage.token(ADA)))[0] for _ in range(125)]
    assert statuses == [202] * 120 + [429] * 5
    assert (await _call(gateway, "POST", path, body, token=stage.token(GRACE)))[0] == 202


async def test_a_leaderboard_nobody_scored_on_is_empty_and_an_unknown_one_is_not_found(
    stage: Stage, gateway: Running
) -> None:
    """Both are answers, not errors of ours."""
    await seed(stage.system, session=LOBBY)
    assert await _status_and_body(gateway, f"/api/sessions/{SESSION_ID}/leaderboard") == (
        200,
        {"version": 0, "entries": []},
    )
    assert (await _status_and_body(gateway, "/api/sessions/none/leaderboard"))[0] == 404


async def _status_and_body(gateway: Running, path: str) -> tuple[int, Any]:
    status, body, _ = await _call(gateway, "GET", path)
    return status, body


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "body_invalid"),
        (b"\xff", 400, "body_invalid"),
        (b'{"id":' + b"[" * 50_000, 422, "body_invalid"),
        (b'{"x":' + b"[" * 50_000, 400, "body_invalid"),
        (b"{}", 422, "body_invalid"),
        (b'{"id":"","question":0,"value":{}}', 422, "body_invalid"),
        (b'{"id":"a","question":500,"value":{}}', 422, "body_invalid"),
        (b'{"id":"a","question":0,"value":{"text":"%s"}}' % (b"x" * 1_001), 422, "body_invalid"),
        (b" " * (64 * 1_024 + 1), 413, "body_too_large"),
    ],
    ids=[
        "cut",
        "not UTF-8",
        "deep",
        "deep in an unknown field",
        "empty",
        "empty id",
        "no such question",
        "long text",
        "large",
    ],
)
async def test_a_body_that_breaks_the_contract_is_refused_with_what_was_expected(
    stage: Stage, gateway: Running, body: bytes, status: int, code: str
) -> None:
    """One form for every failure."""
    await seed(stage.system, session=FIRST_OPEN)
    answer = await _call(gateway, "POST", f"/api/sessions/{SESSION_ID}/answers", body, token=stage.token(ADA))
    assert (answer[0], answer[1]["error"]["code"]) == (status, code)
    assert answer[1]["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/api/nothing", 404, "not_found"), ("PATCH", "/api/quizzes", 405, "method_not_allowed")],
)
async def test_a_wrong_address_gets_an_error_of_the_same_form(
    gateway: Running, method: str, path: str, status: int, code: str
) -> None:
    """Clients parse one thing."""
    answer = await _call(gateway, method, path)
    assert (answer[0], answer[1]["error"]["code"]) == (status, code)


async def test_a_request_id_and_a_trace_are_taken_over_if_they_are_well_formed(
    stage: Stage, gateway: Running
) -> None:
    """And made where they are missing."""
    await stage.own_quiz()
    token = stage.author_token()
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    headers = {"X-Request-Id": "my-request", "traceparent": trace}
    _, _, replied = await _call(gateway, "POST", "/api/sessions", {"quiz_id": QUIZ.id}, token=token, **headers)
    assert replied["X-Request-Id"] == "my-request"
    assert stage.system.publisher.events[-1].traceparent == trace
    headers = {"X-Request-Id": "not an id!", "traceparent": "00-zz-01"}
    _, _, replied = await _call(gateway, "POST", "/api/sessions", {"quiz_id": QUIZ.id}, token=token, **headers)
    assert replied["X-Request-Id"] != "not an id!"
    assert len(stage.system.publisher.events[-1].traceparent) == 55


async def test_a_crash_is_told_without_its_cause(stage: Stage, gateway: Running) -> None:
    """What went wrong is for the log."""
    await seed(stage.system, session=LOBBY)
    await stage.system.feed.send_join_outcome(SESSION_ID, "gateway-0", REQUEST_ID, b"no JSON")
    body = {"nickname": "Ada", "request_id": REQUEST_ID}
    status, answer, _ = await _call(gateway, "POST", f"/api/sessions/{LOBBY.code}/players", body)
    assert (status, answer["error"]) == (500, {"code": "internal", "message": "something went wrong here"})
