"""A screen of the gallery in every size, light and dark: what is asked of each."""

import json
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.browser.gallery import Screen
from tests.browser.scripted_pages import FOUND, ScriptedPages
from tests.browser.watched_page import WatchedPage

SIZES = {"phone": (360, 640), "tablet": (768, 1_024), "wall": (1_920, 1_080)}
# By axe, light and dark: the smallest and the largest, for what is hidden.
LOOKED_INTO = {"phone", "wall"}
CLOCK_STEP_S = 5
# WCAG 2.2 at AA, and what axe's authors hold to be good practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def shown(page: Page, screen: Screen, scripted: ScriptedPages, *, language: str = "en") -> None:
    """The screen stands, and nothing on it moves any more."""
    await page.emulate_media(reduced_motion="reduce")
    scripted.found = FOUND | screen.found
    stored = {f"quizline.{key}": json.dumps(value) for key, value in screen.stored.items()}
    await page.goto(f"{scripted.url}favicon.ico")  # of the same origin, and no page of ours
    scripted.forget_connections()
    await page.evaluate("entries => Object.entries(entries).forEach(e => sessionStorage.setItem(...e))", stored)
    await page.evaluate("code => localStorage.setItem('quizline.language', code)", language)
    scripted.standing = dict(screen.replies)
    scripted.is_silent = screen.is_cut and not screen.told
    if screen.later_s:
        await page.clock.install()
    await page.goto(scripted.url + screen.path)
    if screen.told:
        await _tell(screen, scripted)
    await _do(page, screen, language)
    await _wait(page, screen)


async def _tell(screen: Screen, scripted: ScriptedPages) -> None:
    connection = await scripted.connection()
    await connection.hello()
    for message in screen.told:
        await connection.send(message)
    if screen.is_cut:
        scripted.is_silent = True
        await connection.close()


async def _do(page: Page, screen: Screen, language: str) -> None:
    """What the person does on the way to the screen."""
    for name in screen.pressed if language == "en" else ():
        await page.get_by_role("button", name=name, exact=True).click()
    for place, text in screen.written.items():
        await page.locator(place).fill(text.rstrip("\n"))
        if text.endswith("\n"):
            await page.locator(place).press("Enter")
    for place, name in screen.chosen.items():
        await page.locator(place).set_input_files({"name": name, "mimeType": "text/csv", "buffer": b"type,prompt"})


async def _wait(page: Page, screen: Screen) -> None:
    for _ in range(0, screen.later_s, CLOCK_STEP_S):
        await page.clock.fast_forward(CLOCK_STEP_S * 1_000)
    await expect(page.locator(screen.stands).first).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def sticking_out(page: Page) -> int:
    """How many pixels there are to scroll sideways."""
    width: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


async def violations(page: Page, axe: str) -> list[str]:
    """What axe has against the page, one line each."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(axe)
    found = await page.evaluate("tags => axe.run({runOnly: tags})", AXE_TAGS)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]


async def picture(page: Page, name: str, shots: Path | None) -> None:
    """For somebody to look at, where there is a folder for it."""
    if shots is not None:
        await page.screenshot(path=shots / f"{name}.png")


def _is_meant(screen: Screen, complaint: str) -> bool:
    """The browser says of itself that a request failed, whenever it gets round to it: some screens are of that."""
    meant = {status for status, _ in screen.replies.values() if status >= 400}
    return any(f"the server responded with a status of {status} " in complaint for status in meant)


async def assert_fits_every_size(
    browser: Browser, scripted: ScriptedPages, screen: Screen, *, axe: str, shots: Path | None
) -> None:
    """WCAG 2.2 AA by axe; nothing to scroll sideways; no complaint on the console; a picture to look at."""
    context = await browser.new_context(viewport={"width": 360, "height": 640})
    watched = WatchedPage(await context.new_page(), name=screen.name)
    page = watched.page
    await shown(page, screen, scripted)
    watched.complaints.clear()
    for size, (width, height) in SIZES.items():
        await page.set_viewport_size({"width": width, "height": height})
        assert await sticking_out(page) == 0, size
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            await page.locator(screen.stands).first.scroll_into_view_if_needed()
            await picture(page, f"{screen.name}-{size}-{scheme}", shots)
            if size in LOOKED_INTO:
                assert await violations(page, axe) == [], (size, scheme)
    await context.close()
    assert [complaint for complaint in watched.complaints if not _is_meant(screen, complaint)] == []
    assert watched.foreign_requests == []
