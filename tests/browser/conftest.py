"""A real headless Chromium, and pages that are watched."""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright

from tests.browser.built_client import WEB, build_client
from tests.browser.chromium import arguments, chromium_path
from tests.browser.scripted_pages import ScriptedPages
from tests.browser.watched_page import WatchedPage

IDENTITY = {"player_id": "p1", "session_id": "s1", "nickname": "Ada", "token": "a-token", "code": "ABCDEF"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser, found or installed once a run, for pages that are built by then."""
    build_client()
    return chromium_path()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One for all tests, on the loop that they share: starting it takes longer than most of them."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=arguments())
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A window of 360 × 640, with a storage of its own."""
    context = await browser.new_context(viewport={"width": 360, "height": 640})
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def wall(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A window of 1920 × 1080, with a storage of its own."""
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def scripted() -> AsyncIterator[ScriptedPages]:
    pages = ScriptedPages()
    await pages.start()
    yield pages
    await pages.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def joined_page(phone: BrowserContext, scripted: ScriptedPages) -> AsyncIterator[WatchedPage]:
    """The page of a player who has joined, about to connect to the scripted gateway."""
    page = await phone.new_page()
    watched = WatchedPage(page, name="player")
    # Once, not at every load: what the page itself keeps must survive a refresh.
    await page.goto(scripted.url)
    await page.evaluate("identity => sessionStorage.setItem('quizline.player', identity)", json.dumps(IDENTITY))
    await page.reload()
    yield watched
    await watched.page.close()  # before the gateway, which waits for the last connection to end
    assert watched.complaints == []
    assert watched.foreign_requests == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for what keeps people out."""
    build_client()
    return (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="session")
def shots() -> Path | None:
    """Where the gallery's pictures go; without QUIZLINE_SHOTS nobody looks at them, and none are made."""
    named = os.environ.get("QUIZLINE_SHOTS")
    if not named:
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
