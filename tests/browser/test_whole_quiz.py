"""A whole quiz of every type on the real system: two people in real browsers, three bots, a host and a wall."""

import asyncio
import functools

import pytest
from playwright.async_api import Browser, BrowserContext, expect

from knative.local.play.bots import Bot
from knative.local.play.rules import PlayRules
from knative.local.play.tally import Tally
from shared.client.http import Gateways
from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Command, Phase
from tests.browser.answering import ByKeyboard, ByMouse, Hand, answer
from tests.browser.sessions import QUESTIONS, joined, opened_session
from tests.browser.watched_page import WatchedPage
from tests.e2e.running_system import RunningSystem
from tests.e2e.system import until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]

BOTS = 3


def bots(gateways: Gateways, tally: Tally) -> list[Bot]:
    return [
        Bot(gateways, number=n, questions=QUESTIONS, seed=5, think_s=0.2, tally=tally, rules=PlayRules())
        for n in range(BOTS)
    ]


async def test_five_players_play_a_quiz_of_every_type_to_the_podium(
    running_system: RunningSystem, browser: Browser, phone: BrowserContext, wall: BrowserContext
) -> None:
    """One by mouse, with a refresh before and after an answer; one by keyboard alone; the wall shows who won."""
    url = running_system.state.player_url
    desk = await browser.new_context(viewport={"width": 768, "height": 1_024}, reduced_motion="reduce")
    tally, dismissed = Tally(BOTS), asyncio.Event()
    async with opened_session(running_system, "One of each", QUESTIONS) as (session, gateways):
        ada = await joined(phone, url, session.opened, "Ada")
        await expect(ada.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
        emmy = await joined(desk, url, session.opened, "Emmy")
        screen = WatchedPage(await wall.new_page(), name="screen")
        await screen.page.goto(f"{url}/screen?code={session.opened.code}")
        async with asyncio.TaskGroup() as crowd:
            for bot in bots(gateways, tally):
                crowd.create_task(bot.play(session.opened.code, dismissed=dismissed))
            await tally.changed.until(tally.all_joined, timeout_s=60)
            await expect(screen.main.get_by_role("listitem").filter(has_text="Emmy")).to_be_visible()
            people: list[tuple[WatchedPage, Hand]] = [(ada, ByMouse(ada.page)), (emmy, ByKeyboard(emmy.page))]
            for index, question in enumerate(QUESTIONS):
                command = Command.START if index == 0 else Command.NEXT
                await session.advance(command, into=Phase.QUESTION_OPEN, question=index)
                await _answered_by_people(people, question)
                await tally.changed.until(functools.partial(tally.all_settled, index), timeout_s=60)
                await session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=index)
                await _counted_on_the_wall(screen, question)
                verdict = "Thanks for your vote." if question.type is QuestionType.POLL else "✓ Correct!"
                for person, _ in people:
                    await expect(person.main.get_by_text(verdict)).to_be_visible()
                    await expect(person.announced).to_contain_text(verdict.removeprefix("✓ "))
            await session.advance(Command.NEXT, into=Phase.FINISHED)
            for person, _ in people:
                await expect(person.page.get_by_role("heading", level=1)).to_contain_text("You came")
            await expect(screen.page.get_by_role("heading", level=1)).to_contain_text("wins!")
            await expect(screen.main.locator(".step")).to_have_count(3)
            dismissed.set()
    for watched in (ada, emmy, screen):
        assert watched.complaints == []
        assert watched.foreign_requests == []
    await desk.close()


async def _counted_on_the_wall(screen: WatchedPage, question: Question) -> None:
    """Everybody's pick, where there is one each."""
    if question.type not in {QuestionType.SINGLE, QuestionType.TRUE_FALSE, QuestionType.POLL}:
        return
    picked = screen.main.locator(".picked")

    async def everybody() -> bool:
        return sum(int(count) for count in await picked.all_inner_texts()) == BOTS + 2

    await until(everybody, within_s=30, what="everybody's pick on the wall")


async def _answered_by_people(people: list[tuple[WatchedPage, Hand]], question: Question) -> None:
    """The one with the mouse refreshes the page before the answer, and again when it is in."""
    for person, hand in people:
        by_mouse = isinstance(hand, ByMouse)
        await expect(person.page.get_by_role("heading", level=1)).to_have_text(question.prompt)
        if by_mouse:
            await person.page.reload()
        await answer(person.page, question, hand)
        await expect(person.main.get_by_text("Sent ✓")).to_be_visible()
        if by_mouse:
            await person.page.reload()
            await expect(person.main.get_by_text("Sent ✓")).to_be_visible()


async def test_answer_given_on_one_device_shows_on_the_other(
    running_system: RunningSystem, phone: BrowserContext, wall: BrowserContext
) -> None:
    """One player in two windows: the second is told that an answer is in, and takes no other."""
    url = running_system.state.player_url
    async with opened_session(running_system, "Two windows", QUESTIONS[:1]) as (session, _):
        ada = await joined(phone, url, session.opened, "Ada")
        await expect(ada.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
        token = await ada.page.evaluate("JSON.parse(sessionStorage.getItem('quizline.player')).token")
        other = WatchedPage(await wall.new_page(), name="other")
        await other.page.goto(f"{url}/#player={token}")
        await expect(other.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
        await session.advance(Command.START, into=Phase.QUESTION_OPEN, question=0)
        await expect(other.main.get_by_role("timer")).to_be_visible()
        await answer(ada.page, QUESTIONS[0], ByMouse(ada.page))
        for watched in (ada, other):
            await expect(watched.main.get_by_text("Sent ✓")).to_be_visible()
            await expect(watched.main.locator("button.choice").first).to_be_disabled()
        await session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=0)
        for watched in (ada, other):
            await expect(watched.main.get_by_text("✓ Correct!")).to_be_visible()
            assert watched.complaints == []
