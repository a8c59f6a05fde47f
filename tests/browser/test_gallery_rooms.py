"""Every screen of hosts and of the room in every size, light and dark: apart, for another worker."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.gallery import SCREENS, Screen
from tests.browser.gallery_of_troubles import TROUBLES
from tests.browser.looked_at import assert_fits_every_size
from tests.browser.scripted_pages import ScriptedPages

pytestmark = pytest.mark.asyncio(loop_scope="session")

OF_ROOMS = [screen for screen in (*SCREENS, *TROUBLES) if not screen.name.startswith("player-")]


@pytest.mark.parametrize("screen", OF_ROOMS, ids=lambda screen: screen.name)
async def test_screen_of_a_room_fits_every_size_and_axe_finds_nothing(
    browser: Browser, scripted: ScriptedPages, axe: str, shots: Path | None, screen: Screen
) -> None:
    """At 360 × 640, 768 × 1024 and 1920 × 1080, light and dark."""
    await assert_fits_every_size(browser, scripted, screen, axe=axe, shots=shots)
