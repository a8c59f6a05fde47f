"""A host at the real system's library and desk, whose page's token whoever prepares things for them has, too."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from uuid import uuid4

from playwright.async_api import BrowserContext, Locator, expect

from shared.client.host import HostClient
from shared.client.http import Gateways, open_http
from shared.domain.quiz import Question
from shared.exporters.own_json import plain_question
from tests.browser.watched_page import WatchedPage
from tests.e2e.running_system import RunningSystem


class Author:
    """The page of a host, and the same host's client beside it."""

    def __init__(self, watched: WatchedPage, *, url: str, token: str, gateways: Gateways) -> None:
        self.watched = watched
        self.page = watched.page
        self.url = url
        self.client = HostClient(gateways, token=token)
        self._token = token
        self._gateways = gateways

    async def write(self, title: str, questions: Sequence[Question]) -> str:
        """A draft that is open on the page then; its id."""
        draft_id = uuid4().hex
        body = {"revision": 0, "title": title, "questions": [plain_question(question) for question in questions]}
        await self._gateways.call("PUT", f"/api/drafts/{draft_id}", body=body, token=self._token)
        await self.page.goto(f"{self.url}/host#edit/{draft_id}")
        await expect(self.page.get_by_label("Title of the quiz")).to_have_value(title)
        return draft_id

    async def read(self, draft_id: str) -> list[str]:
        """The prompts that the server has of a draft, in their order."""
        reply = await self._gateways.call("GET", f"/api/drafts/{draft_id}", token=self._token)
        return [question["prompt"] for question in reply.body["questions"]]

    async def kept(self) -> set[str]:
        """The titles that the server has in the library."""
        reply = await self._gateways.call("GET", "/api/quizzes", token=self._token)
        return {quiz["title"] for quiz in reply.body["quizzes"]}

    async def see_library(self) -> None:
        await self.page.goto(f"{self.url}/host#")
        await self.page.reload()
        await expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def card(self, title: str) -> Locator:
        """The quiz in the library."""
        return self.page.locator(".quiz-card").filter(has=self.page.get_by_role("heading", name=title, exact=True))


@contextlib.asynccontextmanager
async def author_at(system: RunningSystem, context: BrowserContext) -> AsyncIterator[Author]:
    """A guest host's page, at their empty library; nothing may complain until the end."""
    url = system.state.player_url
    watched = WatchedPage(await context.new_page(), name="host")
    await watched.page.goto(f"{url}/host")
    await expect(watched.main.get_by_role("button", name="Try the sample quiz")).to_be_visible()
    token = await watched.page.evaluate("localStorage.getItem('quizline.author')")
    async with open_http() as http:
        yield Author(watched, url=url, token=token, gateways=Gateways(http, system.state.gateway_urls))
    assert watched.complaints == []
    assert watched.foreign_requests == []


async def dropped(watched: WatchedPage, file: Path, onto: Locator) -> None:
    """A file of this machine is dragged onto the page and let go, as the browser has it from the desktop."""
    box = await onto.bounding_box()
    assert box is not None
    tools = await watched.page.context.new_cdp_session(watched.page)
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    held = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        await tools.send("Input.dispatchDragEvent", {"type": kind, **place, "data": held})
    await tools.detach()
