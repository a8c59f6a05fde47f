"""The big screen against a gateway that does what each test says; and the words of a page in another language."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, expect

from tests.browser.gallery import PLANETS, board, closed
from tests.browser.scripted_pages import ScriptedPages, open_question
from tests.browser.watched_page import WatchedPage
from tests.unit.client.scripted_gateway import session_changed, snapshot

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def screen_page(wall: BrowserContext, scripted: ScriptedPages) -> AsyncIterator[WatchedPage]:
    """The big screen, before it knows a code."""
    watched = WatchedPage(await wall.new_page(), name="screen")
    await watched.page.goto(f"{scripted.url}screen")
    yield watched
    await watched.page.close()  # before the gateway, which waits for the last connection to end
    assert watched.complaints == []
    assert watched.foreign_requests == []


async def test_screen_follows_the_session_of_the_typed_code(
    screen_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """From the lobby, with code and QR, to the podium; it is a viewer and holds no token."""
    page = screen_page.page
    await page.get_by_label("Code").fill("abcdef")
    await page.get_by_role("button", name="Show it").click()
    connection = await scripted.connection()
    hello = await connection.hello()
    assert (hello.code, hello.token) == ("abcdef", None)
    await connection.send(snapshot(1))
    await expect(page.get_by_role("img", name="Code A B C D E F")).to_be_visible()
    await expect(page.get_by_role("img", name="QR code: http")).to_be_visible()
    await expect(page.get_by_role("listitem")).to_have_text("Ada")

    await connection.send({"type": "session", "seq": 2, "session": open_question("single", ("Mars", "Venus"))})
    await expect(page.get_by_role("timer")).to_contain_text("14")
    await connection.send({"type": "leaderboard", "seq": 3, "leaderboard": board()})
    await expect(page.get_by_text("27 of 38 answered")).to_be_visible()
    await connection.send({"type": "session", "seq": 4, "session": session_changed(9, "finished", 0)})
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ada wins!")
    await expect(screen_page.announced).to_have_text("Ada wins!")


async def test_screen_shows_how_often_each_choice_was_picked_once_the_question_is_closed(
    screen_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """Again with each answer that still arrives; of what is arranged only how many had it right."""
    page = screen_page.page
    counts = "GET /api/sessions/ABCDEF/questions/0/counts"
    told = {"index": 0, "answered": 4, "correct": 3, "picked": [3, 1, 0, 0]}
    scripted.standing[counts] = (200, told)
    await page.goto(f"{scripted.url}screen?code=ABCDEF")
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1))
    session = closed("single", PLANETS, correct=[0])
    await connection.send({"type": "session", "seq": 2, "session": session})
    await expect(page.locator(".picked")).to_have_text(["3", "1", "0", "0"])
    await expect(page.get_by_text("75% right")).to_be_visible()
    scripted.standing[counts] = (200, told | {"answered": 5, "picked": [3, 2, 0, 0]})
    await connection.send({"type": "leaderboard", "seq": 3, "leaderboard": board()})
    await expect(page.locator(".picked")).to_have_text(["3", "2", "0", "0"])

    arranged = closed("order", PLANETS, correct=[1, 0, 2, 3]) | {"version": 5}
    arranged["question"] = arranged["question"] | {"index": 1}
    told = {"index": 1, "answered": 4, "correct": 1, "picked": []}
    scripted.standing["GET /api/sessions/ABCDEF/questions/1/counts"] = (200, told)
    await connection.send({"type": "session", "seq": 4, "session": arranged})
    await expect(page.get_by_text("25% right")).to_be_visible()
    await expect(page.locator(".picked")).to_have_count(0)


async def test_screen_that_is_not_let_in_says_why_and_asks_again(
    screen_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """A wrong code, or a session without spectators."""
    page = screen_page.page
    for code, words in (
        ("session_unknown", "no session with this code"),
        ("spectators_not_allowed", "no spectators"),
    ):
        await page.get_by_label("Code").fill("NOPE")
        await page.get_by_role("button", name="Show it").click()
        connection = await scripted.connection()
        await connection.hello()
        await connection.send({"type": "error", "code": code, "message": ""})
        await expect(page.get_by_role("alert")).to_contain_text(words)


async def test_language_that_is_chosen_turns_the_page_and_is_kept(
    screen_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """Arabic runs from right to left; another page of the browser has it from the start."""
    page = screen_page.page
    await page.get_by_label("Language").select_option("العربية")
    await expect(page.get_by_role("heading", level=1)).to_have_text("عرض جلسة")
    assert await page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    await page.goto(scripted.url)
    await expect(page.get_by_role("heading", level=1)).to_have_text("انضم إلى مسابقة")


async def test_player_whom_the_host_puts_out_is_told_so_and_does_not_come_back(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """In the middle of a session, too."""
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1))
    await expect(joined_page.page.get_by_role("heading", level=1)).to_contain_text("You’re in")
    await connection.send({"type": "error", "code": "player_removed", "message": ""})
    alert = joined_page.page.get_by_role("alert")
    await expect(alert).to_have_text("The host has put you out of this session.")


async def test_answer_that_may_be_changed_is_sent_again_as_another_one(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """The form stays open, and shows which answer is in."""
    page = joined_page.page
    connection = await scripted.connection()
    await connection.hello()
    session = open_question("single", ("Mars", "Venus")) | {"settings": {"answer_change": True}}
    await connection.send(snapshot(1, session=session))
    await page.get_by_role("button", name="Mars").click()
    first = await connection.answer()
    await connection.send({"type": "ack", "id": first.id, "question": 0})
    await expect(joined_page.main.get_by_text("You may change your answer")).to_be_visible()
    await page.get_by_role("button", name="Venus").click()
    second = await connection.answer()
    assert (first.value.choices, second.value.choices) == ((0,), (1,))
    assert first.id != second.id


async def test_match_question_gives_each_choice_its_partner(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """A partner taken again leaves the choice that had it; nothing is sent before all have one."""
    page = joined_page.page
    connection = await scripted.connection()
    await connection.hello()
    question = open_question("match", ("Vienna", "Cairo"))
    question["question"]["targets"] = ["Nile", "Danube", "Thames"]
    await connection.send(snapshot(1, session=question))
    await page.get_by_label("Vienna").select_option("Nile")
    await page.get_by_label("Cairo").select_option("Nile")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_have_text("Give every one its partner first.")
    await page.get_by_label("Vienna").select_option("Danube")
    await page.get_by_role("button", name="Send").click()
    assert (await connection.answer()).value.choices == (1, 0)
