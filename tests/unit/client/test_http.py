"""Calls over several gateways, and what hosts and joining players do with them."""

import asyncio

import pytest

from shared.client.errors import Refused, Unavailable
from shared.client.host import HostClient, HostedSession, OpenedSession, QuizRef
from shared.client.http import Gateways
from shared.client.player import Joined, request_join
from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Command, Phase
from shared.exporters.own_json import plain_question
from tests.unit.client.scripted_gateway import WAIT_S, ScriptedGateway, session_changed, snapshot

JOINED = {"player_id": "p1", "session_id": "s1", "nickname": "Ada", "token": "t"}
QUESTION = Question(type=QuestionType.SINGLE, prompt="Which?", choices=("a", "b"), correct=(1,))


async def test_call_gateway_away_turns_to_the_next(
    gateways: Gateways, gateway: ScriptedGateway, other_gateway: ScriptedGateway
) -> None:
    """A passing fault of one gateway is answered by asking another."""
    gateway.replies.append((503, {"error": {"code": "unavailable", "message": "Kafka is away"}}))
    other_gateway.replies.append((201, {"quiz_id": "q", "version": 1}))
    quiz = await HostClient(gateways, token="author-token").create_quiz("Stars", [QUESTION])
    assert quiz == QuizRef(quiz_id="q", version=1)
    assert gateway.requests[0][2] == other_gateway.requests[0][2]


async def test_call_nobody_answers_in_time_raises_unavailable(
    gateways: Gateways, gateway: ScriptedGateway
) -> None:
    """After the deadline the caller is told what the last attempt met."""
    gateway.replies.append((503, None))
    with pytest.raises(Unavailable, match="status 503"):
        await gateways.call("GET", "/api/sessions/X", deadline_s=0.0)


async def test_call_refusal_raises_refused_with_code_and_version(
    gateways: Gateways, gateway: ScriptedGateway
) -> None:
    """A refusal is not asked again; its stable code comes out."""
    gateway.replies.append((409, {"error": {"code": "command_stale", "message": "no"}, "version": 4}))
    with pytest.raises(Refused) as caught:
        await gateways.call("POST", "/api/sessions/s/commands")
    assert (caught.value.code, caught.value.version, caught.value.status) == ("command_stale", 4, 409)
    assert len(gateway.requests) == 1


async def test_join_outcome_pending_asks_at_the_place_named(gateways: Gateways, gateway: ScriptedGateway) -> None:
    """A 202 names a place to ask; the player is joined once the outcome is there."""
    place = "/api/sessions/ABCDEF/players/requests/r"
    gateway.replies += [(202, {"request_id": "r", "location": place}), (202, {"location": place}), (200, JOINED)]
    joined = await request_join(gateways, code="ABCDEF", nickname="Ada")
    assert joined == Joined(player_id="p1", session_id="s1", nickname="Ada", token="t")
    assert [request[:2] for request in gateway.requests[1:]] == [("GET", place), ("GET", place)]


async def test_join_lost_reply_sends_the_same_request_id(
    gateways: Gateways, gateway: ScriptedGateway, other_gateway: ScriptedGateway
) -> None:
    """A join that must be asked twice makes one player: its request id stays."""
    gateway.replies.append((502, None))
    other_gateway.replies.append((201, JOINED))
    await request_join(gateways, code="ABCDEF", nickname="Ada")
    assert gateway.requests[0][2]["request_id"] == other_gateway.requests[0][2]["request_id"]
    assert len(gateway.requests[0][2]["request_id"]) >= 16


async def test_join_refused_raises_refused(gateways: Gateways, gateway: ScriptedGateway) -> None:
    """A taken nickname is the player's to change."""
    gateway.replies.append((409, {"error": {"code": "nickname_taken", "message": "taken"}}))
    with pytest.raises(Refused, match="nickname_taken"):
        await request_join(gateways, code="ABCDEF", nickname="Ada")


async def test_command_stale_learns_the_version_and_returns_none(
    gateways: Gateways, gateway: ScriptedGateway
) -> None:
    """A command that came too late changes nothing, and the next one carries the present version."""
    hosted = HostedSession(gateways, OpenedSession(session_id="s", code="ABCDEF", host_token="h", version=1))
    gateway.replies += [
        (409, {"error": {"code": "command_stale", "message": "no"}, "version": 5}),
        (200, {"version": 6, "phase": "question_open"}),
    ]
    assert await hosted.command(Command.NEXT) is None
    assert await hosted.command(Command.NEXT) is Phase.QUESTION_OPEN
    assert [request[2]["version"] for request in gateway.requests] == [1, 5]
    assert gateway.requests[0][3] == "Bearer h"


def test_plain_question_leaves_defaults_out() -> None:
    """A quiz file names what differs from the default only."""
    assert plain_question(QUESTION) == {
        "type": "single",
        "prompt": "Which?",
        "choices": ("a", "b"),
        "correct": (1,),
    }


async def test_advance_phase_passed_meanwhile_gives_no_further_command(
    gateways: Gateways, gateway: ScriptedGateway
) -> None:
    """A question that was announced only after the clock had closed it is behind: no second next."""
    opened = OpenedSession(session_id="s", code="ABCDEF", host_token="h", version=1)
    gateway.replies.append((200, {"version": 2, "phase": "question_open"}))
    async with HostedSession(gateways, opened) as hosted:
        connection = await gateway.connection()
        await connection.send(snapshot(5))
        await hosted.until(lambda view: view.seq == 5, timeout_s=WAIT_S)
        advancing = asyncio.create_task(hosted.advance(Command.START, into=Phase.QUESTION_OPEN, question=0))
        closed = session_changed(3, "question_closed", 0)
        await connection.send({"type": "session", "seq": 6, "session": closed})
        await advancing
    assert len(gateway.requests) <= 1


async def test_host_without_a_token_is_let_in_as_a_guest_once(
    gateways: Gateways, gateway: ScriptedGateway
) -> None:
    """Before the first request that needs it; all go under the same token."""
    admitted = {"host_id": "h", "token": "author-token", "expires_at_ms": 1}
    opened = {"session_id": "s1", "code": "ABCDEF", "host_token": "t", "version": 1}
    gateway.replies += [(201, admitted), (201, {"quiz_id": "q", "version": 1}), (201, opened)]
    host = HostClient(gateways)
    await host.open_session(await host.create_quiz("Stars", [QUESTION]))
    assert [(path, token) for _, path, _, token in gateway.requests] == [
        ("/api/hosts", None),
        ("/api/quizzes", "Bearer author-token"),
        ("/api/sessions", "Bearer author-token"),
    ]
