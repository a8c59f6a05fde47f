"""The desk on the whole real system: pictures, the order of questions, undo, two tabs on one draft, publishing."""

import asyncio
import io

import pytest
from PIL import Image
from playwright.async_api import BrowserContext, FilePayload, Locator, Route, expect

from shared.client.host import HostedSession, QuizRef
from shared.client.http import Gateways, open_http
from shared.domain.session import Command, Phase
from tests.browser.sessions import QUESTIONS, joined
from tests.browser.watched_page import WatchedPage
from tests.browser.writing import Author, author_at
from tests.e2e.running_system import RunningSystem

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]

THREE = QUESTIONS[:3]
ONE, TWO, THIRD = (question.prompt for question in THREE)
WIDTH = 640


def png() -> FilePayload:
    """A picture as a camera or a painter saves it."""
    buffer = io.BytesIO()
    Image.new("RGB", (WIDTH, 400), "orange").save(buffer, "PNG")
    return FilePayload(name="orange.png", mimeType="image/png", buffer=buffer.getvalue())


async def test_picture_from_the_desk_is_in_the_preview_and_on_the_players_page(
    running_system: RunningSystem, wall: BrowserContext, phone: BrowserContext
) -> None:
    """What is typed while it travels stays, and so does its place when one goes to another question meanwhile."""
    async with author_at(running_system, wall) as author:
        page = author.page
        await author.write("With a picture", THREE)
        arrived, may_go = asyncio.Event(), asyncio.Event()

        async def hold(route: Route) -> None:
            arrived.set()
            await may_go.wait()
            await route.continue_()

        await page.route("**/api/images", hold)
        await page.locator(".image-field input[type=file]").set_input_files(png())
        await arrived.wait()
        await expect(page.get_by_text("Taking the picture…")).to_be_visible()
        await page.get_by_label("The question").fill("Which colour?")
        await stop(author, TWO).click()
        may_go.set()
        await expect(page.get_by_text("Saved ✓")).to_be_visible()
        await expect(page.locator(".preview img.picture")).to_have_count(0)
        await stop(author, "Which colour?").click()
        await expect(page.locator(".preview img.picture")).to_have_js_property("naturalWidth", WIDTH)
        published = await published_by(author)
        async with open_http() as http:
            gateways = Gateways(http, running_system.state.gateway_urls)
            async with HostedSession(gateways, await author.client.open_session(published)) as session:
                ada = await joined(phone, author.url, session.opened, "Ada")
                await expect(ada.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
                await session.advance(Command.START, into=Phase.QUESTION_OPEN, question=0)
                await expect(ada.page.get_by_role("heading", level=1)).to_have_text("Which colour?")
                await expect(ada.main.locator("img.picture")).to_have_js_property("naturalWidth", WIDTH)
                assert ada.complaints == []
                assert ada.foreign_requests == []


async def test_file_that_is_no_picture_is_told_apart_in_words(
    running_system: RunningSystem, wall: BrowserContext
) -> None:
    """Whatever its name says; the question stays without a picture."""
    async with author_at(running_system, wall) as author:
        page = author.page
        await author.write("Without a picture", THREE)
        lie = FilePayload(name="photo.png", mimeType="image/png", buffer=b"GIF? no.")
        await page.locator(".image-field input[type=file]").set_input_files(lie)
        await expect(page.locator(".image-field").get_by_role("alert")).to_be_visible()
        await expect(page.get_by_label("or its address")).to_have_value("")
        author.watched.complaints.clear()  # Chromium writes each 422 to the console


async def test_questions_go_where_mouse_and_keys_take_them_and_back_by_undo(
    running_system: RunningSystem, wall: BrowserContext
) -> None:
    """Dragged, moved by keys, doubled, taken out: each is one step back; the server has what one sees."""
    async with author_at(running_system, wall) as author:
        page = author.page
        draft_id = await author.write("In order", THREE)
        await stop(author, THIRD).drag_to(stop(author, ONE))
        await expect_order(author, THIRD, ONE, TWO)
        await expect(author.watched.announced).to_have_text("Moved to place 1 of 3.")
        await expect(stop(author, THIRD)).to_be_focused()
        await page.keyboard.press("Alt+ArrowDown")
        await page.keyboard.press("Alt+ArrowDown")
        await expect_order(author, ONE, TWO, THIRD)
        await expect(stop(author, THIRD)).to_be_focused()
        await page.keyboard.press("Alt+ArrowDown")
        await expect_order(author, ONE, TWO, THIRD)

        await stop(author, ONE).click()
        await page.get_by_role("button", name="Duplicate").click()
        await expect_order(author, ONE, ONE, TWO, THIRD)
        await page.get_by_role("button", name="Delete").click()
        await expect_order(author, ONE, TWO, THIRD)
        await expect(author.watched.announced).to_contain_text("Undo brings it back")
        await expect(stop(author, ONE)).to_be_focused()

        undo = page.get_by_role("button", name="Undo")
        for order in ((ONE, ONE, TWO, THIRD), (ONE, TWO, THIRD), (ONE, THIRD, TWO), (THIRD, ONE, TWO)):
            await undo.click()
            await expect_order(author, *order)
        await page.keyboard.press("Control+z")
        await expect_order(author, ONE, TWO, THIRD)
        await expect(undo).to_have_attribute("aria-disabled", "true")
        await page.keyboard.press("Control+Shift+z")
        await expect_order(author, THIRD, ONE, TWO)
        await expect(page.get_by_text("Saved ✓")).to_be_visible()
        assert await author.read(draft_id) == [THIRD, ONE, TWO]


async def test_second_of_two_tabs_on_one_draft_is_told_and_chooses(
    running_system: RunningSystem, wall: BrowserContext
) -> None:
    """Neither tab's words are written over in silence; what is chosen stands, and can be written on."""
    async with author_at(running_system, wall) as author:
        draft_id = await author.write("Mine", THREE)
        other = WatchedPage(await wall.new_page(), name="other tab")
        await other.page.goto(author.page.url)
        await titled(other, "Theirs", was="Mine")
        await expect(other.page.get_by_text("Saved ✓")).to_be_visible()

        await titled(author.watched, "Mine, again", was="Mine")
        conflict = author.page.get_by_role("alert").filter(has_text="changed in another tab")
        await expect(conflict).to_be_visible()
        await author.page.get_by_label("The question").fill("While it is open")
        await author.page.get_by_role("button", name="Take the other one").click()
        await expect(conflict).to_have_count(0)
        await expect(author.page.get_by_label("Title of the quiz")).to_have_value("Theirs")
        await expect(author.page.get_by_label("The question")).to_have_value(ONE)
        await author.page.get_by_label("The question").fill("Written by the first")
        await expect(author.page.get_by_text("Saved ✓")).to_be_visible()

        await titled(other, "Theirs, for good", was="Theirs")
        await other.page.get_by_role("button", name="Keep what I see").click()
        await expect(other.page.get_by_text("Saved ✓")).to_be_visible()
        assert await author.read(draft_id) == [ONE, TWO, THIRD]
        await author.page.reload()
        await expect(author.page.get_by_label("Title of the quiz")).to_have_value("Theirs, for good")
        author.watched.complaints.clear()  # Chromium writes each 409 to the console
        assert other.foreign_requests == []


async def test_publishing_goes_to_what_is_missing_and_then_makes_the_next_version(
    running_system: RunningSystem, wall: BrowserContext
) -> None:
    """The words of what is missing go once it is there."""
    async with author_at(running_system, wall) as author:
        page = author.page
        await author.write("Twice", THREE)
        await stop(author, TWO).click()
        await page.get_by_label("The question").fill("")
        await stop(author, ONE).click()
        publish = page.get_by_role("button", name="Publish")
        await publish.click()
        missing = page.get_by_role("alert").filter(has_text="Question 2 is not ready yet.")
        await expect(missing).to_be_visible()
        await expect(page.get_by_label("The question")).to_have_value("")
        await page.get_by_label("The question").fill("There it is")
        await expect(missing).to_have_count(0)
        await published_by(author, version=1)
        await page.keyboard.press("Escape")
        await page.get_by_label("The question").fill("There it is again")
        await published_by(author, version=2)
        await page.get_by_role("dialog").get_by_role("link", name="Back to my quizzes").click()
        await expect(author.card("Twice")).to_be_visible()


def stop(author: Author, prompt: str) -> Locator:
    """The first question of this prompt, in the list of them."""
    return author.page.locator(".stop-name").filter(has_text=prompt).first


async def expect_order(author: Author, *prompts: str) -> None:
    await expect(author.page.locator(".stop-words > :first-child")).to_have_text(list(prompts))


async def titled(watched: WatchedPage, title: str, *, was: str) -> None:
    """What stands there before is what this tab has seen."""
    field = watched.page.get_by_label("Title of the quiz")
    await expect(field).to_have_value(was)
    await field.fill(title)


async def published_by(author: Author, *, version: int = 1) -> QuizRef:
    """What the press of the button made."""
    async with author.page.expect_response("**/publish") as replying:
        await author.page.get_by_role("button", name="Publish").click()
    told = await (await replying.value).json()
    dialog = author.page.get_by_role("dialog", name="Published")
    await expect(dialog).to_contain_text(f"This is version {version}.")
    return QuizRef(quiz_id=told["quiz_id"], version=told["version"])
