"""Every screen of a player in every size, light and dark; and every screen there is in another language.

Their pictures go to the folder that QUIZLINE_SHOTS names, if it does.
"""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.gallery import SCREENS, Screen
from tests.browser.gallery_of_troubles import TROUBLES
from tests.browser.looked_at import assert_fits_every_size, picture, shown, sticking_out, violations
from tests.browser.scripted_pages import ScriptedPages

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ("ar", "de", "es", "fr", "vi")
ALL = (*SCREENS, *TROUBLES)
OF_PLAYERS = [screen for screen in ALL if screen.name.startswith("player-")]


@pytest.mark.parametrize("screen", OF_PLAYERS, ids=lambda screen: screen.name)
async def test_screen_of_a_player_fits_every_size_and_axe_finds_nothing(
    browser: Browser, scripted: ScriptedPages, axe: str, shots: Path | None, screen: Screen
) -> None:
    """At 360 × 640, 768 × 1024 and 1920 × 1080, light and dark."""
    await assert_fits_every_size(browser, scripted, screen, axe=axe, shots=shots)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_screens_in_another_language_fit_a_phone(
    browser: Browser, scripted: ScriptedPages, axe: str, shots: Path | None, language: str
) -> None:
    """Longer words, and a script that runs from right to left, at which axe looks, too. Each has other screens."""
    context = await browser.new_context(viewport={"width": 360, "height": 640})
    page = await context.new_page()
    for screen in ALL[LANGUAGES.index(language) :: len(LANGUAGES)]:
        await shown(page, screen, scripted, language=language)
        assert await page.evaluate("document.documentElement.lang") == language
        assert await sticking_out(page) == 0, screen.name
        await page.locator(screen.stands).first.scroll_into_view_if_needed()
        await picture(page, f"{screen.name}-{language}", shots)
        if language == "ar":
            assert await violations(page, axe) == [], screen.name
        await page.evaluate("sessionStorage.clear()")
    await context.close()
