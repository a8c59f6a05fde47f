"""A host's own sessions over HTTP."""

from dataclasses import replace

import pytest

from shared.domain.session import Phase
from tests.story import FINISHED, LOBBY, PLAYERS, QUIZ, SESSION_ID, seed
from tests.unit.gateway.author import Author
from tests.unit.gateway.stage import HOST_ID, Running, Stage


@pytest.fixture
def author(stage: Stage, gateway: Running) -> Author:
    return Author(gateway, stage.author_token())


async def test_a_session_belongs_to_the_host_who_opened_it(stage: Stage, author: Author) -> None:
    """It is told to nobody."""
    await stage.own_quiz()
    _, opened = await author.post("/api/sessions", {"quiz_id": QUIZ.id})
    session = await stage.system.sessions.get_current(opened["session_id"])
    assert session is not None
    assert session.owner_id == HOST_ID
    assert HOST_ID not in repr(await author.get(f"/api/sessions/{opened['code']}"))


async def test_a_host_finds_their_own_sessions_again_the_latest_first(
    stage: Stage, gateway: Running, author: Author
) -> None:
    """Running and finished ones, by page, with what a list needs."""
    await seed(stage.system, session=replace(LOBBY, owner_id=HOST_ID))
    for number in range(1, 4):
        finished = replace(
            FINISHED,
            id=f"session-{number}",
            code=f"C0DE0{number}",
            owner_id=HOST_ID,
            created_at_ms=LOBBY.created_at_ms - number,
        )
        await stage.system.sessions.add(finished)
    status, page = await author.get("/api/sessions", limit="3")
    assert status == 200
    assert page["sessions"][0] == {
        "session_id": SESSION_ID,
        "code": LOBBY.code,
        "quiz_id": QUIZ.id,
        "quiz_version": 1,
        "title": QUIZ.title,
        "phase": "lobby",
        "cancelled": False,
        "question": -1,
        "question_count": 2,
        "players": len(PLAYERS),
        "pacing": "host",
        "created_at_ms": LOBBY.created_at_ms,
    }
    assert [session["session_id"] for session in page["sessions"][1:]] == ["session-1", "session-2"]
    assert page["sessions"][1]["phase"] == Phase.FINISHED
    _, rest = await author.get("/api/sessions", limit="3", after=page["next"])
    assert [session["session_id"] for session in rest["sessions"]] == ["session-3"]
    stranger = Author(gateway, stage.author_token("another-host"))
    assert (await stranger.get("/api/sessions"))[1] == {"sessions": [], "next": None}


async def test_a_host_comes_back_to_a_session_from_another_device(stage: Stage, author: Author) -> None:
    """With a token that drives it."""
    await seed(stage.system, session=replace(LOBBY, owner_id=HOST_ID))
    status, opened = await author.post(f"/api/sessions/{SESSION_ID}/host-tokens")
    assert (status, opened["code"], opened["version"]) == (201, LOBBY.code, 1)
    remote = Author(author.gateway, opened["host_token"])
    command = {"command": "start", "version": 1}
    assert (await remote.post(f"/api/sessions/{SESSION_ID}/commands", command))[0] == 200


async def test_a_session_is_unknown_to_everybody_but_its_owner(
    stage: Stage, gateway: Running, author: Author
) -> None:
    """Also one that nobody owns."""
    await seed(stage.system, session=replace(LOBBY, owner_id=HOST_ID))
    await stage.system.sessions.add(replace(FINISHED, id="nobodys", code="N0B0DY"))
    stranger = Author(gateway, stage.author_token("another-host"))
    for status, body in (
        await stranger.post(f"/api/sessions/{SESSION_ID}/host-tokens"),
        await author.post("/api/sessions/nobodys/host-tokens"),
        await author.post("/api/sessions/none/host-tokens"),
    ):
        assert (status, body["error"]["code"]) == (404, "session_unknown")
