"""A real headless Chromium, and pages that are watched."""

import json
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright

from tests.browser.chromium import arguments, chromium_path
from tests.browser.scripted_pages import ScriptedPages
from tests.browser.watched_page import WatchedPage

IDENTITY = {"player_id": "p1", "session_id": "s1", "nickname": "Ada", "token": "a-token", "code": "ABCDEF"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; found or installed once a run."""
    return chromium_path()


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser a test: its loop is the test's own."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=arguments())
        yield launched
        await launched.close()


@pytest.fixture
async def phone(browser: Browser) -> BrowserContext:
    """A window of 360 × 640."""
    return await browser.new_context(viewport={"width": 360, "height": 640})


@pytest.fixture
async def scripted() -> AsyncIterator[ScriptedPages]:
    pages = ScriptedPages()
    await pages.start()
    yield pages
    await pages.stop()


@pytest.fixture
async def joined_page(phone: BrowserContext, scripted: ScriptedPages) -> AsyncIterator[WatchedPage]:
    """The page of a player who has joined, about to connect to the scripted gateway."""
    page = await phone.new_page()
    watched = WatchedPage(page, name="player")
    # Once, not at every load: what the page itself keeps must survive a refresh.
    await page.goto(scripted.url)
    await page.evaluate("identity => sessionStorage.setItem('quizline.player', identity)", json.dumps(IDENTITY))
    await page.reload()
    yield watched
    assert watched.complaints == []
    assert watched.foreign_requests == []
