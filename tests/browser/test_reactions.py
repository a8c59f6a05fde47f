"""Reactions: on a gateway that does what each test says, and once on the whole real system."""

import re

import pytest
from playwright.async_api import BrowserContext, expect

from shared.domain.session import Command, Phase
from shared.protocol import React
from tests.browser.gallery import APPLAUSE, PLANETS, closed, own, reacting
from tests.browser.scripted_pages import ScriptedPages, open_question
from tests.browser.sessions import QUESTIONS, joined, opened_session
from tests.browser.watched_page import WatchedPage
from tests.e2e.running_system import RunningSystem
from tests.unit.client.scripted_gateway import session_changed, snapshot

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]

NAMES = ("Love it", "Funny", "Wow", "Tricky", "Bravo")
SMALLEST_TARGET_PX = 44


async def test_player_reacts_with_a_thumb_and_never_while_a_question_is_open(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """Targets of 44 pixels, all in sight on a small phone; what was sent is said; nothing while one thinks."""
    page = joined_page.page
    connection = await scripted.connection()
    await connection.hello()
    result = reacting(closed("single", PLANETS, correct=[1]))
    await connection.send(snapshot(1, session=result) | {"me": own()})
    for name in NAMES:
        button = page.get_by_role("button", name=name, exact=True)
        await expect(button).to_be_in_viewport(ratio=1)
        box = await button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET_PX
    await page.get_by_role("button", name="Bravo").click()
    message = await connection.message()
    assert isinstance(message, React)
    assert message.reaction == "bravo"
    await expect(joined_page.announced).to_have_text("Bravo: sent.")
    question = reacting(open_question("single", PLANETS, version=4))
    await connection.send({"type": "session", "seq": 2, "session": question})
    await expect(page.get_by_role("button", name="Jupiter")).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("complementary", name="Reactions")).to_have_count(0)


async def test_player_of_a_session_without_reactions_is_offered_none(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """They are off until the host wants them, and not even fetched."""
    fetched: list[str] = []
    joined_page.page.on("request", lambda request: fetched.append(request.url))
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=session_changed()))
    await expect(joined_page.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
    await expect(joined_page.page.get_by_role("complementary")).to_have_count(0)
    assert [url for url in fetched if "reaction" in url] == []


async def test_wall_lets_signs_rise_over_nothing_and_forgets_them_at_the_next_screen(
    scripted: ScriptedPages, wall: BrowserContext
) -> None:
    """A bounded number, however many react, which nobody can click by mistake and which do not pile up."""
    watched = WatchedPage(await wall.new_page(), name="wall")
    await watched.page.goto(f"{scripted.url}screen?code=ABCDEF")
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=reacting(closed("single", PLANETS, correct=[1]))))
    await connection.send(APPLAUSE)
    risers = watched.page.locator(".riser")
    await expect(risers).not_to_have_count(0)
    for _ in range(20):
        await connection.send(APPLAUSE)
    counts = watched.page.get_by_role("complementary", name="Reactions")
    await expect(counts).to_contain_text(f"Bravo {21 * 1_204:,}")
    assert await risers.count() <= 24
    await connection.send({"type": "session", "seq": 2, "session": reacting(session_changed(4, "leaderboard", 0))})
    await expect(watched.page.get_by_role("heading", level=1)).to_have_text("Leaderboard")
    await expect(risers).to_have_count(0)
    await expect(counts).to_have_count(0)
    assert watched.complaints == []
    await watched.page.close()


async def test_wall_of_who_wants_less_motion_shows_plain_counts(
    scripted: ScriptedPages, wall: BrowserContext
) -> None:
    """The same news, standing still."""
    page = await wall.new_page()
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(f"{scripted.url}screen?code=ABCDEF")
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=reacting(session_changed())))
    await connection.send({"type": "reactions", "counts": {"heart": 12, "confetti": 1}})
    counts = page.get_by_role("complementary", name="Reactions")
    await expect(counts).to_be_in_viewport(ratio=1)
    await expect(counts).to_have_text(re.compile(r"^Love it\s+12$"))
    await expect(page.locator(".riser")).to_have_count(0)
    await page.close()


async def test_reactions_of_people_at_one_gateway_show_on_the_wall_and_at_the_host_of_another(
    running_system: RunningSystem, phone: BrowserContext, wall: BrowserContext
) -> None:
    """From a phone through two gateways to the room; the reveal as well as the lobby; the session goes on."""
    url = running_system.state.player_url
    other = running_system.state.gateway_urls[-1]
    async with opened_session(running_system, "Applause", QUESTIONS[:1], reactions=True) as (session, _):
        ada = await joined(phone, url, session.opened, "Ada")
        await expect(ada.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
        screen = WatchedPage(await wall.new_page(), name="wall")
        await screen.page.goto(f"{other}/screen?code={session.opened.code}")
        await expect(screen.main.locator(".code")).to_be_visible()
        counts = screen.page.get_by_role("complementary", name="Reactions")
        await ada.page.get_by_role("button", name="Bravo").click()
        await expect(counts).to_contain_text("Bravo 1")
        await session.advance(Command.START, into=Phase.QUESTION_OPEN)
        await expect(ada.page.get_by_role("button", name="Bravo")).to_have_count(0)
        await expect(counts).to_have_count(0)
        await session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED)
        await ada.page.get_by_role("button", name="Tricky").click()
        await expect(counts).to_contain_text("Tricky 1")
        for watched in (ada, screen):
            assert watched.complaints == []
            assert watched.foreign_requests == []
