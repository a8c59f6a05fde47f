"""Sessions of the real system for people in browsers: opened by a host without one, joined on a page."""

import contextlib
import dataclasses
from collections.abc import AsyncIterator, Sequence

from playwright.async_api import BrowserContext

from shared.client.host import HostClient, HostedSession, OpenedSession
from shared.client.http import Gateways, open_http
from shared.domain.quiz import Question
from tests.browser.watched_page import WatchedPage
from tests.e2e.quizzes import EVERY_TYPE
from tests.e2e.running_system import RunningSystem

# Nobody's time runs out, however slow the machine is.
QUESTIONS = tuple(dataclasses.replace(question, time_limit_ms=600_000) for question in EVERY_TYPE)


@contextlib.asynccontextmanager
async def opened_session(
    system: RunningSystem, title: str, questions: Sequence[Question], **settings: object
) -> AsyncIterator[tuple[HostedSession, Gateways]]:
    """A session in its lobby, and its host's hand on it."""
    async with open_http() as http:
        gateways = Gateways(http, system.state.gateway_urls)
        host = HostClient(gateways)
        quiz = await host.create_quiz(title, questions)
        async with HostedSession(gateways, await host.open_session(quiz, settings=dict(settings))) as session:
            await session.until(lambda view: view.seq is not None)
            yield session, gateways


async def joined(context: BrowserContext, url: str, session: OpenedSession, nickname: str) -> WatchedPage:
    """The page of a player who has asked to join."""
    watched = WatchedPage(await context.new_page(), name=nickname)
    await watched.page.goto(f"{url}/?code={session.code}")
    await watched.page.get_by_label("Nickname").fill(nickname)
    await watched.page.keyboard.press("Enter")
    return watched
