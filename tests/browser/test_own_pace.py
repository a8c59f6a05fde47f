"""Self-paced sessions: on a gateway that does what each test says, and once on the whole real system."""

from typing import Any

import pytest
from playwright.async_api import BrowserContext, expect

from shared.domain.session import Command, Phase
from shared.protocol import Open
from tests.browser.answering import ByKeyboard, ByMouse, answer
from tests.browser.gallery import opened, running
from tests.browser.scripted_pages import ScriptedPages
from tests.browser.sessions import QUESTIONS, joined, opened_session
from tests.browser.watched_page import WatchedPage
from tests.e2e.running_system import RunningSystem
from tests.unit.client.scripted_gateway import ScriptedConnection, snapshot

BACK_WITHIN_MS = 30_000  # the gateway is started anew, at its address
pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]


async def welcomed(scripted: ScriptedPages, *, opened_before: int = 0, **settings: Any) -> ScriptedConnection:
    """The page's connection to a running session."""
    connection = await scripted.connection()
    await connection.hello()
    me = {"player_id": "p1", "nickname": "Ada", "opened": opened_before}
    await connection.send(snapshot(1, session=running(**settings)) | {"me": me})
    return connection


async def asked(connection: ScriptedConnection) -> Open:
    message = await connection.message()
    assert isinstance(message, Open)
    return message


async def test_player_opens_answers_and_sees_the_result_before_the_next_question(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """The request keeps its id until the question comes; the result is said as soon as it is there."""
    page, main = joined_page.page, joined_page.main
    connection = await welcomed(scripted)
    await page.get_by_role("button", name="Open the first question").click()
    first = await asked(connection)
    assert await asked(connection) == first
    await connection.send(opened(0) | {"request_id": first.id})
    await main.get_by_role("button", name="Saturn").click()
    given = await connection.answer()
    await connection.send({"type": "ack", "id": given.id, "question": 0})
    await expect(main.get_by_text("Counting your answer…")).to_be_visible()
    result = {"type": "result", "answer_id": given.id, "question": 0, "correct": True, "points": 873}
    await connection.send(result)
    await expect(main.get_by_role("heading", level=1)).to_have_text("✓ Correct!")
    await expect(main.get_by_text("1 of 3 done")).to_be_visible()
    await expect(joined_page.announced).to_contain_text("Correct! +873 points.")
    await main.get_by_role("button", name="Open the next question").click()
    assert (await asked(connection)).question == 1


async def test_player_who_comes_back_goes_on_at_the_question_that_was_open(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """On whichever device: the page asks for it by itself, and one that was answered is not asked again."""
    connection = await welcomed(scripted, opened_before=3, results="at_close")
    again = await asked(connection)
    assert again.question == 2
    await connection.send(opened(2, answered=True) | {"request_id": again.id})
    await expect(joined_page.main.get_by_role("heading", level=1)).to_contain_text("Your answer is in.")
    await expect(joined_page.main.get_by_text("The points come when the session ends.")).to_be_visible()
    await expect(joined_page.main.get_by_text("That was the last question.")).to_be_visible()


async def test_player_whose_request_is_refused_is_told_why_and_may_ask_again(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """Such as when the session has just ended."""
    connection = await welcomed(scripted)
    button = joined_page.page.get_by_role("button", name="Open the first question")
    await button.click()
    refused = {"answer_id": (await asked(connection)).id, "question": 0, "message": ""}
    await connection.send({"type": "outcome", "code": "question_not_open", **refused})
    await expect(joined_page.page.get_by_role("alert")).to_have_text("This question is not open.")
    await expect(button).to_have_attribute("aria-disabled", "false")


async def test_practice_link_opens_a_run_for_one_and_leaves_no_token_in_the_address(
    scripted: ScriptedPages, phone: BrowserContext
) -> None:
    """The fragment is no server's to see, and nobody's to read in the address bar."""
    page = await phone.new_page()
    identity = {"player_id": "p1", "session_id": "s1", "nickname": "Me", "token": "a-token"}
    scripted.replies.extend([(201, {"session_id": "s1", "code": "ABCDEF"}), (200, identity)])
    await page.goto(f"{scripted.url}#practice=the-link")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Practise alone")
    assert page.url == scripted.url
    await page.get_by_role("button", name="Start").click()
    await welcomed(scripted)
    await expect(page.get_by_role("button", name="Open the first question")).to_be_visible()
    (_, practices, body, _), (_, players, _, _) = scripted.requests
    assert (practices, body) == ("/api/practices", {"token": "the-link"})
    assert players == "/api/sessions/ABCDEF/players"
    assert "the-link" not in page.url


async def test_person_plays_at_their_own_pace_and_goes_on_on_another_device(
    running_system: RunningSystem, phone: BrowserContext, wall: BrowserContext
) -> None:
    """Half of it by mouse on a phone with a refresh, half by keyboard elsewhere; both show the end."""
    url = running_system.state.player_url
    settings = {"pacing": "player"}
    async with opened_session(running_system, "At one's own pace", QUESTIONS[:4], **settings) as (session, _):
        ada = await joined(phone, url, session.opened, "Ada")
        await expect(ada.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
        await session.advance(Command.START, into=Phase.RUNNING)
        await ada.page.get_by_role("button", name="Open the first question").click()
        await answer(ada.page, QUESTIONS[0], ByMouse(ada.page))
        await expect(ada.page.get_by_role("heading", level=1)).to_have_text("✓ Correct!")
        await ada.page.get_by_role("button", name="Open the next question").click()
        await expect(ada.page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[1].prompt)
        await ada.page.reload()
        await answer(ada.page, QUESTIONS[1], ByMouse(ada.page))
        await expect(ada.page.get_by_role("heading", level=1)).to_have_text("✓ Correct!")

        other = WatchedPage(await wall.new_page(), name="other device")
        token = await ada.page.evaluate("JSON.parse(sessionStorage.getItem('quizline.player')).token")
        await other.page.goto(f"{url}/#player={token}")
        keys = ByKeyboard(other.page)
        for question in QUESTIONS[2:4]:
            await keys.press(other.page.get_by_role("button", name="Open the next question"))
            await answer(other.page, question, keys)
            await expect(other.page.get_by_role("heading", level=1)).to_have_text("✓ Correct!")
        await expect(other.main.get_by_text("4 of 4 done")).to_be_visible()
        assert token not in other.page.url
        await session.advance(Command.FINISH, into=Phase.FINISHED)
        for watched in (ada, other):
            await expect(watched.page.get_by_role("heading", level=1)).to_have_text("You came 1st!")
            assert watched.complaints == []
            assert watched.foreign_requests == []


async def test_person_at_their_own_pace_loses_nothing_when_the_gateway_is_killed(
    running_system: RunningSystem, phone: BrowserContext
) -> None:
    """The question stays, with its clock, and the answer that was given while nobody listened counts."""
    url = running_system.state.player_url
    async with opened_session(running_system, "Killed", QUESTIONS[:2], pacing="player") as (session, _):
        ada = await joined(phone, url, session.opened, "Ada")
        page = ada.page
        await expect(ada.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
        await session.advance(Command.START, into=Phase.RUNNING)
        await page.get_by_role("button", name="Open the first question").click()
        heading = page.get_by_role("heading", level=1)
        await expect(heading).to_have_text(QUESTIONS[0].prompt)
        running_system.kill("gateway-0")
        await expect(page.get_by_role("timer")).to_be_visible()
        await answer(page, QUESTIONS[0], ByMouse(page))
        await expect(heading).to_have_text("✓ Correct!", timeout=BACK_WITHIN_MS)
        await page.get_by_role("button", name="Open the next question").click()
        await expect(heading).to_have_text(QUESTIONS[1].prompt)
        assert ada.foreign_requests == []
        assert [told for told in ada.complaints if "WebSocket connection" not in told] == []
