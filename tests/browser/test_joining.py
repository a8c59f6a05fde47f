"""The join page, as each session's host wants it; and what a page remembers of the person."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.gallery import TEAMS, own
from tests.browser.scripted_pages import ScriptedPages
from tests.browser.watched_page import WatchedPage
from tests.unit.client.scripted_gateway import session_changed, snapshot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADMITTED = {"player_id": "p1", "session_id": "s1", "nickname": "Ada", "token": "a-token", "team": 1}
FINISHED = session_changed(9, "finished", 0)


async def at_the_door(phone: BrowserContext, scripted: ScriptedPages) -> Page:
    page = await phone.new_page()
    await page.goto(f"{scripted.url}?code=abc-def")
    await expect(page.get_by_text("You join A taste of everything.")).to_be_visible()
    return page


async def test_team_is_picked_before_the_join_and_the_device_is_known_by_a_random_name(
    scripted: ScriptedPages, phone: BrowserContext
) -> None:
    """Which is the same for the next session: a ban keeps out who merely takes another nickname."""
    scripted.found |= {"teams": TEAMS}
    page = await at_the_door(phone, scripted)
    await page.get_by_label("Nickname").fill("Ada")
    await page.get_by_role("radio", name=TEAMS[1]).check(force=True)
    scripted.replies.append((200, ADMITTED))
    await page.get_by_role("button", name="Join").click()
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=session_changed() | {"settings": {"teams": TEAMS}}))
    await expect(page.get_by_text(f"You play for {TEAMS[1]}.")).to_be_visible()
    ((_, _, body, _),) = scripted.requests
    assert (body["nickname"], body["team"]) == ("Ada", 1)
    assert body["device"] == await page.evaluate("localStorage.getItem('quizline.device')")
    assert len(body["device"]) == 32


async def test_session_that_gives_the_names_asks_for_none_and_shows_the_one_it_gave(
    scripted: ScriptedPages, phone: BrowserContext
) -> None:
    """There is nothing to type but the code."""
    scripted.found |= {"nicknames": "generated"}
    page = await at_the_door(phone, scripted)
    await expect(page.get_by_label("Nickname")).to_have_count(0)
    scripted.replies.append((200, ADMITTED | {"nickname": "Quick Otter"}))
    await page.get_by_role("button", name="Join").click()
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1))
    await expect(page.get_by_role("heading", level=1)).to_have_text("You’re in, Quick Otter!")


async def test_session_of_a_roster_offers_its_free_names(scripted: ScriptedPages, phone: BrowserContext) -> None:
    """As one types; the browser shows the list."""
    scripted.found |= {"nicknames": "roster"}
    page = await at_the_door(phone, scripted)
    field = page.get_by_label("Your name, from the list")
    await expect(field).to_have_attribute("list", "roster")
    await expect(page.locator("#roster option")).to_have_count(len(scripted.roster))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"locked": True}, "The host has locked this session."),
        ({"phase": "finished"}, "This session takes no more players."),
        ({"phase": "question_open", "late_join": False}, "This session takes no more players."),
    ],
)
async def test_session_that_takes_nobody_says_so_and_offers_to_watch(
    scripted: ScriptedPages, phone: BrowserContext, found: dict[str, object], words: str
) -> None:
    """Before anything is typed."""
    scripted.found |= found
    page = await at_the_door(phone, scripted)
    await expect(page.get_by_role("alert")).to_have_text(words)
    link = page.get_by_role("link", name="Watch on the big screen instead")
    await expect(link).to_have_attribute("href", "/screen?code=ABCDEF")


async def test_page_speaks_the_sessions_language_unless_the_person_chose_one(
    scripted: ScriptedPages, phone: BrowserContext
) -> None:
    """A choice holds for sessions of any language."""
    scripted.found |= {"language": "de"}
    page = await phone.new_page()
    await page.goto(f"{scripted.url}?code=ABCDEF")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Mitspielen")
    await page.get_by_label("Sprache").select_option("English")
    await page.reload()
    await expect(page.get_by_text("You join A taste of everything.")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Join a quiz")


async def test_sound_is_off_until_it_is_wanted_and_then_remembered(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """The switch says which of both it is."""
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1))
    switch = joined_page.page.get_by_role("button", name="Sound")
    await expect(switch).to_have_attribute("aria-pressed", "false")
    await switch.click()
    await expect(switch).to_have_attribute("aria-pressed", "true")
    await joined_page.page.reload()
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1))
    await expect(switch).to_have_attribute("aria-pressed", "true")


async def test_card_of_the_end_is_a_picture_to_keep(scripted: ScriptedPages, joined_page: WatchedPage) -> None:
    """Made by the browser: nobody else is asked for it."""
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=FINISHED) | {"me": own()})
    async with joined_page.page.expect_download() as download:
        await joined_page.page.get_by_role("button", name="Keep your card").click()
    picture = await (await download.value).path()
    assert picture.read_bytes().startswith(b"\x89PNG\r\n")


async def test_session_that_was_cancelled_says_so_and_has_no_winner(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """Nor a card to keep."""
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=FINISHED | {"cancelled": True}) | {"me": own()})
    heading = joined_page.page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("The host has cancelled this session.")
    await expect(joined_page.page.get_by_role("button", name="Keep your card")).to_have_count(0)
    await expect(joined_page.main.locator(".podium")).to_have_count(0)


async def test_other_device_is_shown_a_link_that_no_server_sees(
    scripted: ScriptedPages, joined_page: WatchedPage, phone: BrowserContext
) -> None:
    """There the page knows at once who plays, and forgets the link."""
    page = joined_page.page
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1))
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="Go on on another device").click()
    await expect(page.get_by_role("img", name="QR code to go on on another device")).to_be_visible()

    other = await phone.new_page()
    await other.goto(f"{scripted.url}#player=a-token")
    connection = await scripted.connection()
    assert (await connection.hello()).token == "a-token"
    await connection.send(snapshot(1) | {"me": {"player_id": "p1", "nickname": "Ada"}})
    await expect(other.get_by_role("heading", level=1)).to_have_text("You’re in, Ada!")
    assert "a-token" not in other.url
    await other.close()
