"""A real headless Chromium, and pages that are watched."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import arguments, chromium_path


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
