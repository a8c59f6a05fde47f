"""A person writes a quiz, runs it and takes the results home, on the whole real system."""

import re
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, expect

from tests.browser.watched_page import WatchedPage
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_person_writes_a_quiz_runs_it_and_takes_the_results_home(
    running_system: RunningSystem, phone: BrowserContext, wall: BrowserContext, tmp_path: Path
) -> None:
    """Edit, autosave, reload, publish, open with settings, drive, put somebody out, download."""
    url = running_system.state.player_url
    host, player = (
        WatchedPage(await wall.new_page(), name="host"),
        WatchedPage(await phone.new_page(), name="player"),
    )
    page = host.page
    await page.goto(f"{url}/host")
    await page.get_by_role("button", name="Write a quiz").click()
    await _write(host)
    await page.reload()
    await expect(page.get_by_label("Title of the quiz")).to_have_value("Planets")
    await expect(page.get_by_label("Answer B")).to_have_value("Mars")
    await page.get_by_role("button", name="Publish").click()
    await page.get_by_role("link", name="Start it").click()

    await page.get_by_text("Times", exact=True).click()
    await page.get_by_label("Seconds to read").fill("0")
    await page.get_by_text("Points: streak, part, penalty").click()
    await page.get_by_label("Bonus for right answers in a row").check()
    await page.get_by_role("button", name="Open the session").click()
    shown = host.main.locator(".code")
    await expect(shown).to_have_text(re.compile("^[0-9A-Z]{6}$"))
    code = await shown.inner_text()

    await _join(player, url, code)
    await page.get_by_role("button", name="Start").click()
    await player.main.get_by_role("button", name="Mars").click()
    await expect(host.main.get_by_text("1 of 1 answered")).to_be_visible()
    await page.get_by_role("button", name="Close question").click()
    await expect(page.get_by_role("region", name="What was answered")).to_contain_text("100% right")

    await page.get_by_role("button", name="Players").click()
    await page.get_by_role("button", name="Remove Ada…").click()
    await page.get_by_role("button", name="Put out", exact=True).click()
    await expect(player.page.get_by_text("The host has put you out")).to_be_visible()
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="Show the final board").click()
    await page.get_by_role("button", name="See the results").click()
    await expect(page.get_by_role("row").filter(has_text="Ada")).to_contain_text("put out")
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download CSV").click()
    download = await downloading.value
    await download.save_as(tmp_path / "results.csv")
    assert download.suggested_filename.endswith(".csv")
    assert '"Ada"' in (tmp_path / "results.csv").read_text()
    assert host.complaints == []
    assert host.foreign_requests == []


async def _write(host: WatchedPage) -> None:
    """One question of two choices, by keyboard and by hand; what is written is saved by itself."""
    page = host.page
    await page.get_by_label("Title of the quiz").fill("Planets")
    await page.get_by_role("button", name="One right answer", exact=True).click()
    await expect(page.get_by_label("The question")).to_be_focused()
    await page.get_by_label("The question").fill("Which is the red one?")
    await page.get_by_label("Answer A").fill("Venus")
    await expect(page.get_by_text("Fill in every answer.")).to_be_visible()
    await page.get_by_label("Answer B").fill("Mars")
    await page.get_by_role("radio", name="right B").check()
    await page.get_by_label("Seconds to answer").fill("600")
    await page.get_by_role("button", name="Typed words", exact=True).click()
    stops = page.get_by_role("navigation", name="Questions").get_by_role("listitem")
    await stops.nth(1).get_by_role("button", name="Untitled Typed words").press("Alt+ArrowUp")
    await expect(host.announced).to_have_text("Moved to place 1 of 2.")
    await page.keyboard.press("Control+z")
    await page.keyboard.press("Control+z")
    await expect(stops).to_have_count(1)
    await expect(page.get_by_text("Saved ✓")).to_be_visible()


async def _join(player: WatchedPage, url: str, code: str) -> None:
    await player.page.goto(f"{url}/?code={code}")
    await player.page.get_by_label("Nickname").fill("Ada")
    await player.page.get_by_role("button", name="Join").click()
    await expect(player.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
