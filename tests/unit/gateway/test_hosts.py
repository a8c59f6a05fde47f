"""Hosts: who is let in as one, and what their tokens are good for."""

import pytest

from gateway.access.tokens import AUTHOR_LIFETIME_S, LIFETIME_S
from shared.adapters.guest_hosts import MACHINE_HOST, GuestHosts, NoHosts
from shared.domain.errors import Refusal, RefusalCode
from tests.story import ADA, LOBBY, seed
from tests.unit.gateway.author import QUIZ_BODY, Author, published
from tests.unit.gateway.stage import HOST_ID, Running, Stage


async def test_a_guest_is_let_in_as_a_new_host(gateway: Running) -> None:
    """Each with a library of its own."""
    stranger = Author(gateway, "")
    status, first = await stranger.post("/api/hosts", {})
    _, second = await stranger.post("/api/hosts", {})
    assert status == 201
    assert first["host_id"] != second["host_id"]
    author = Author(gateway, first["token"])
    assert await author.get("/api/hosts/me") == (200, {"host_id": first["host_id"]})
    await published(author)
    assert (await Author(gateway, second["token"]).get("/api/quizzes"))[1]["quizzes"] == []


async def test_a_host_outlives_a_session_and_comes_back_with_a_fresh_token(stage: Stage, gateway: Running) -> None:
    """For a year, by the one clock; a token that was renewed in time goes on."""
    _, host = await Author(gateway, "").post("/api/hosts", {})
    stage.system.clock.advance(LIFETIME_S * 2_000)
    status, renewed = await Author(gateway, host["token"]).post("/api/hosts/me/tokens")
    assert (status, renewed["host_id"]) == (201, host["host_id"])
    assert renewed["expires_at_ms"] > host["expires_at_ms"]
    stage.system.clock.advance((AUTHOR_LIFETIME_S - LIFETIME_S) * 1_000)
    assert (await Author(gateway, host["token"]).get("/api/hosts/me"))[0] == 401
    assert (await Author(gateway, renewed["token"]).get("/api/hosts/me"))[0] == 200


async def test_guests_are_not_let_in_where_they_are_switched_off(stage: Stage) -> None:
    """With a code that a page can explain; who has a token goes on."""
    gateway = await stage.start(identity_provider=NoHosts())
    status, body = await Author(gateway, "").post("/api/hosts", {})
    assert (status, body["error"]["code"]) == (403, "host_not_admitted")
    assert (await Author(gateway, stage.author_token()).get("/api/quizzes"))[0] == 200


async def test_the_machines_own_host_is_always_the_same(stage: Stage) -> None:
    """What the terminal imports, the browser beside it finds."""
    gateway = await stage.start(identity_provider=GuestHosts(one_for_machine=True))
    _, first = await Author(gateway, "").post("/api/hosts", {})
    _, second = await Author(gateway, "").post("/api/hosts", {})
    assert first["host_id"] == second["host_id"] == MACHINE_HOST


@pytest.mark.parametrize(
    "headers", [{"Host": "rebound.example"}, {"X-Forwarded-For": "192.0.2.7"}, {"Via": "1.1 proxy"}]
)
async def test_nobody_else_becomes_the_machines_host(stage: Stage, headers: dict[str, str]) -> None:
    """Not through a proxy, and not by a name that somebody points at this machine."""
    gateway = await stage.start(identity_provider=GuestHosts(one_for_machine=True))
    async with gateway.http.post(f"{gateway.url}/api/hosts", json={}, headers=headers) as reply:
        assert (await reply.json())["host_id"] != MACHINE_HOST


async def test_guests_prove_nothing() -> None:
    """A proof is for a provider that can check it."""
    with pytest.raises(Refusal) as refused:
        await GuestHosts().host_id("a signed token of somewhere else", from_machine=True)
    assert refused.value.code is RefusalCode.HOST_NOT_ADMITTED


@pytest.mark.parametrize("token", ["", "rubbish", "of a player", "of a session's host"])
async def test_quizzes_and_sessions_are_for_hosts_only(stage: Stage, gateway: Running, token: str) -> None:
    """Neither a player nor a session's own host token is good for them."""
    await seed(stage.system, session=LOBBY)
    tokens = {"of a player": stage.token(ADA), "of a session's host": stage.host_token()}
    author = Author(gateway, tokens.get(token, token))
    for status, body in (
        await author.post("/api/quizzes", QUIZ_BODY),
        await author.post("/api/quizzes/import", b"Question,Answer 1,Answer 2,Correct\nWhich?,a,b,1\n"),
        await author.get("/api/quizzes"),
        await author.put("/api/drafts/a-draft-of-the-sky", {"revision": 0}),
        await author.post("/api/sessions", {"quiz_id": LOBBY.quiz_id}),
        await author.get("/api/sessions"),
        await author.post(f"/api/sessions/{LOBBY.id}/host-tokens"),
    ):
        expected = {"code": "token_invalid", "message": "expected a valid token of a host"}
        assert (status, body["error"]) == (401, expected)


async def test_a_hosts_token_opens_no_socket_and_drives_no_session(stage: Stage, gateway: Running) -> None:
    """It belongs to no session; a session's own host token is asked for first."""
    await seed(stage.system, session=LOBBY)
    token = stage.author_token(HOST_ID)
    client = await gateway.follow(token=token)
    assert (await client.hear())["code"] == "token_invalid"
    assert await client.close_code() == 4001
    command = {"command": "start", "version": 1}
    status, body = await Author(gateway, token).post(f"/api/sessions/{LOBBY.id}/commands", command)
    assert (status, body["error"]["code"]) == (401, "token_invalid")
