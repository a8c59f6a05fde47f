"""The library on the whole real system: files that come and go, copies, deletion, practice by a link."""

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Route, expect

from tests.browser.answering import ByMouse, answer
from tests.browser.sessions import QUESTIONS
from tests.browser.watched_page import WatchedPage
from tests.browser.writing import author_at, dropped
from tests.e2e.running_system import RunningSystem

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]

BANK = """type,prompt,choice 1,choice 2,correct
single,Which is larger?,Mars,Jupiter,2
single,Which is smaller?,Mars,Jupiter,7
poll,,Mars,Jupiter,
"""


@pytest.mark.parametrize("kind", ["JSON", "CSV"])
async def test_exported_quiz_dropped_onto_the_page_is_known_to_be_the_same(
    running_system: RunningSystem, wall: BrowserContext, tmp_path: Path, kind: str
) -> None:
    """Every type of question goes through the file and back: the same content is the same quiz."""
    async with author_at(running_system, wall) as author:
        await author.client.create_quiz("One of each", QUESTIONS)
        await author.see_library()
        card = author.card("One of each")
        await card.get_by_text("More").click()
        async with author.page.expect_download() as downloading:
            await card.get_by_role("button", name=f"Export as {kind}").click()
        download = await downloading.value
        assert download.suggested_filename == f"One-of-each.{kind.lower()}"
        file = tmp_path / download.suggested_filename
        await download.save_as(file)
        await dropped(author.watched, file, author.page.locator(".drop"))
        await expect(author.page.get_by_text("is in your library, 8 questions.")).to_be_visible()
        await expect(card).to_have_count(1)


async def test_dropped_file_with_faults_is_answered_by_row(
    running_system: RunningSystem, wall: BrowserContext, tmp_path: Path
) -> None:
    """In the host's language; nothing is kept before the host says so; a file that misses its place does not take
    the page away."""
    async with author_at(running_system, wall) as author:
        page = author.page
        bank = tmp_path / "planets.csv"
        bank.write_text(BANK)
        await dropped(author.watched, bank, page.get_by_role("heading", level=1))
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.url.startswith(author.url)
        await dropped(author.watched, bank, page.locator(".drop"))
        refusal = page.locator(".problem-box").filter(has=page.get_by_text("planets.csv"))
        await expect(refusal.get_by_role("listitem").filter(has_text="Row 3, column 5:")).to_be_visible()
        await expect(refusal.get_by_role("listitem").filter(has_text="Row 4")).to_be_visible()
        await page.get_by_label("Language").select_option("Deutsch")
        await expect(refusal).to_contain_text("Antworten gibt es mit den Nummern 1, 2; hier steht 7.")
        await page.get_by_label("Sprache").select_option("English")
        await page.get_by_role("button", name="Take nothing").click()
        await expect(refusal).to_have_count(0)
        await expect(page.locator(".quiz-card")).to_have_count(0)
        await dropped(author.watched, bank, page.locator(".drop"))
        await page.get_by_role("button", name="Take the rest").click()
        await expect(author.card("planets")).to_contain_text("1 question")
        author.watched.complaints.clear()  # Chromium writes each 422 to the console


async def test_copy_of_a_quiz_is_a_quiz_of_its_own_and_what_is_deleted_stays_away(
    running_system: RunningSystem, wall: BrowserContext
) -> None:
    """The copy has another title; the original goes for good when the page is left."""
    async with author_at(running_system, wall) as author:
        await author.client.create_quiz("Original", QUESTIONS[:1])
        await author.see_library()
        original, copy = author.card("Original"), author.card("Original (copy)")
        await original.get_by_text("More").click()
        await original.get_by_role("button", name="Duplicate").click()
        await expect(copy).to_be_visible()
        await original.get_by_role("button", name="Delete").click()
        await expect(original).to_have_count(0)
        await author.see_library()  # until then it could be taken back
        await expect(copy).to_be_visible()
        await expect(original).to_have_count(0)
        assert await author.kept() == {"Original (copy)"}


async def test_deletion_lost_as_the_page_is_left_is_done_before_the_next_page_lists_anything(
    running_system: RunningSystem, wall: BrowserContext
) -> None:
    """Nobody has to see once more what they saw go."""
    async with author_at(running_system, wall) as author:
        page = author.page
        for title in ("Kept", "Doomed"):
            await author.client.create_quiz(title, QUESTIONS[:1])
        await author.see_library()
        await page.route("**/api/quizzes/*", _lose_deletion, times=1)
        await author.card("Doomed").get_by_text("More").click()
        await author.card("Doomed").get_by_role("button", name="Delete").click()
        async with page.expect_event("requestfailed"):
            await author.card("Kept").get_by_role("link", name="Start").click()
        assert await author.kept() == {"Kept", "Doomed"}
        await author.see_library()
        await expect(author.card("Kept")).to_be_visible()
        await expect(author.card("Doomed")).to_have_count(0)
        assert await author.kept() == {"Kept"}
        author.watched.complaints.clear()  # Chromium writes each lost request to the console


async def test_two_quizzes_deleted_at_once_are_both_away(
    running_system: RunningSystem, wall: BrowserContext
) -> None:
    """The first is done when the second begins, and does not come back while that can be taken back."""
    async with author_at(running_system, wall) as author:
        for title in ("Kept", "First", "Second"):
            await author.client.create_quiz(title, QUESTIONS[:1])
        await author.see_library()
        for title in ("First", "Second"):
            await author.card(title).get_by_text("More").click()
            await author.card(title).get_by_role("button", name="Delete").click()
            await expect(author.card(title)).to_have_count(0)
        await expect(author.card("First")).to_have_count(0)
        await author.page.get_by_role("button", name="Undo").click()
        await expect(author.card("Second")).to_be_visible()
        await author.see_library()
        await expect(author.card("Second")).to_be_visible()
        assert await author.kept() == {"Kept", "Second"}


async def test_practice_link_lets_anybody_play_the_quiz_alone_to_its_end(
    running_system: RunningSystem, wall: BrowserContext, phone: BrowserContext
) -> None:
    """The link is on the page and on the clipboard; it opens on a device that has never been here."""
    await wall.grant_permissions(["clipboard-read", "clipboard-write"])
    async with author_at(running_system, wall) as author:
        await author.client.create_quiz("On your own", QUESTIONS[:2])
        await author.see_library()
        card = author.card("On your own")
        await card.get_by_text("More").click()
        await card.get_by_role("button", name="Practice link").click()
        await expect(card.get_by_text("on your clipboard")).to_be_visible()
        link = await card.locator(".quiz-outcome a").get_attribute("href")
        assert link is not None
        assert await author.page.evaluate("navigator.clipboard.readText()") == link

        learner = WatchedPage(await phone.new_page(), name="learner")
        await learner.page.goto(link)
        await learner.page.get_by_role("button", name="Start").click()
        for question, way in zip(QUESTIONS[:2], ("first", "next"), strict=True):
            await learner.page.get_by_role("button", name=f"Open the {way} question").click()
            await answer(learner.page, question, ByMouse(learner.page))
            await expect(learner.page.get_by_role("heading", level=1)).to_have_text("✓ Correct!")
        await expect(learner.main.get_by_role("button", name="Practise again")).to_be_visible()
        assert learner.complaints == []
        assert learner.foreign_requests == []


async def _lose_deletion(route: Route) -> None:
    assert route.request.method == "DELETE"
    await route.abort()
