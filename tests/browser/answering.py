"""Answering a question of any type on the player's page, rightly: with the mouse, or by keyboard alone."""

from collections.abc import Sequence

from playwright.async_api import Locator, Page, expect

from shared.domain.quiz import Question, QuestionType

MOST_TABS = 40


class ByMouse:
    """Clicks, chooses, types."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, control: Locator) -> None:
        await control.click()

    async def check(self, box: Locator) -> None:
        await box.set_checked(True, force=True)  # the box itself is drawn by its label

    async def choose(self, field: Locator, option: str) -> None:
        await field.select_option(option)

    async def type(self, field: Locator, text: str) -> None:
        await field.fill(text)


class ByKeyboard:
    """Nothing but keys: Tab until the control has the focus."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, control: Locator) -> None:
        await self._reach(control)
        await self._page.keyboard.press("Enter")

    async def check(self, box: Locator) -> None:
        await self._reach(box)
        await self._page.keyboard.press("Space")

    async def choose(self, field: Locator, option: str) -> None:
        await self._reach(field)
        await self._page.keyboard.type(option)

    async def type(self, field: Locator, text: str) -> None:
        await self._reach(field)
        await self._page.keyboard.type(text)

    async def _reach(self, control: Locator) -> None:
        await expect(control).to_be_visible()
        for _ in range(MOST_TABS):
            if await control.evaluate("element => element === document.activeElement"):
                return
            await self._page.keyboard.press("Tab")
        raise AssertionError(f"expected {control} within {MOST_TABS} steps of Tab, got there never")


Hand = ByMouse | ByKeyboard


async def answer(page: Page, question: Question, hand: Hand) -> None:
    """Give the right answer: what the page then says is the caller's to look at."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(question.prompt)
    match question.type:
        case QuestionType.SINGLE | QuestionType.TRUE_FALSE | QuestionType.POLL:
            choice = question.choices[question.correct[0] if question.correct else 0]
            words = page.get_by_text(choice, exact=True)  # a badge may have the same letter as a capital
            await hand.press(page.locator("button.choice").filter(has=words))
            return
        case QuestionType.MULTIPLE:
            for index in question.correct:
                await hand.check(page.get_by_role("checkbox", name=question.choices[index]))
        case QuestionType.TEXT | QuestionType.NUMBER:
            await hand.type(page.get_by_role("textbox"), question.accepted[0])
        case QuestionType.ORDER:
            await _put_in_order(page, [question.choices[index] for index in question.correct], hand)
        case QuestionType.MATCH:
            for choice, target in zip(question.choices, question.correct, strict=True):
                await hand.choose(page.get_by_label(choice), question.targets[target])
    await hand.press(page.locator("button.send"))


async def _put_in_order(page: Page, wanted: Sequence[str], hand: Hand) -> None:
    for place, choice in enumerate(wanted):
        up = page.get_by_role("button", name=f"Move up: {choice}", exact=True)
        while (await page.locator(".is-order .choice-text").all_inner_texts()).index(choice) > place:
            await hand.press(up)
