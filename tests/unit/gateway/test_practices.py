"""Practising a quiz alone, by a link."""

import pytest

from shared.domain.session import Phase
from shared.domain.settings import Pacing
from tests.story import QUIZ
from tests.unit.gateway.author import Author
from tests.unit.gateway.stage import Running, Stage


@pytest.fixture
def author(stage: Stage, gateway: Running) -> Author:
    return Author(gateway, stage.author_token())


async def test_practice_link_opens_a_running_session_for_one(stage: Stage, author: Author) -> None:
    """Anybody who has the link gets a run of their own, which is on nobody's list."""
    await stage.own_quiz()
    status, link = await author.post(f"/api/quizzes/{QUIZ.id}/practice-links", {})
    assert status == 201
    status, opened = await author.post("/api/practices", {"token": link["token"]})
    assert status == 201
    session = await stage.system.sessions.get_current(opened["session_id"])
    assert session is not None
    assert (session.phase, session.settings.pacing, session.settings.max_players) == (
        Phase.RUNNING,
        Pacing.PLAYER,
        1,
    )
    assert (session.owner_id, session.settings.spectators) == ("", False)
    _, again = await author.post("/api/practices", {"token": link["token"]})
    assert again["session_id"] != opened["session_id"]
    _, mine = await author.get("/api/sessions")
    assert mine["sessions"] == []


async def test_practice_link_is_its_hosts_to_make(stage: Stage, gateway: Running, author: Author) -> None:
    """Somebody else's quiz is as if it did not exist."""
    await stage.own_quiz()
    stranger = Author(gateway, stage.author_token("another-host"))
    status, body = await stranger.post(f"/api/quizzes/{QUIZ.id}/practice-links", {})
    assert (status, body["error"]["code"]) == (404, "quiz_unknown")


@pytest.mark.parametrize("token", ["", "no token", "author", "player"])
async def test_practice_with_any_other_token_is_refused(stage: Stage, author: Author, token: str) -> None:
    """A link opens practice and nothing else; nothing else opens practice."""
    await stage.own_quiz()
    sent = stage.author_token() if token == "author" else stage.host_token() if token == "player" else token
    status, body = await author.post("/api/practices", {"token": sent})
    assert (status, body["error"]["code"]) in {(401, "token_invalid"), (422, "body_invalid")}


async def test_practice_link_is_no_token_for_anything_else(stage: Stage, gateway: Running, author: Author) -> None:
    """It neither hosts nor plays."""
    await stage.own_quiz()
    _, link = await author.post(f"/api/quizzes/{QUIZ.id}/practice-links", {})
    status, body = await Author(gateway, link["token"]).get("/api/sessions")
    assert (status, body["error"]["code"]) == (401, "token_invalid")
    client = await gateway.follow(token=link["token"])
    assert (await client.hear_type("error"))["code"] == "token_invalid"
