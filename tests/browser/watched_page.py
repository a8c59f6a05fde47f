"""A browser page whose every complaint is kept: console errors, uncaught errors, refusals by the security policy,
failed requests."""

from pathlib import Path

from playwright.async_api import ConsoleMessage, Locator, Page, Request, expect


class WatchedPage:
    """Wraps a Playwright page from its birth. `complaints` must stay empty."""

    def __init__(self, page: Page, *, name: str) -> None:
        self.page = page
        self.main: Locator = page.get_by_role("main")
        # What a screen reader is told without being asked.
        self.announced: Locator = page.locator("#announcer")
        self.complaints: list[str] = []
        self.foreign_requests: list[str] = []
        self._name = name
        page.set_default_timeout(20_000)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._complain(f"uncaught: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._complain(f"{message.type}: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        own = self.page.url.split("/", 3)[:3]
        is_own = request.is_navigation_request() or request.url.split("/", 3)[:3] == own
        if not is_own and not request.url.startswith(("data:", "blob:")):
            self.foreign_requests.append(request.url)

    def _complain(self, text: str) -> None:
        self.complaints.append(f"{self._name}: {text}")

    async def shoot(self, file: Path, *, when: Locator | None = None) -> None:
        """A screenshot for people to look at, in a folder that the test run keeps for a while."""
        if when is not None:
            await expect(when.first).to_be_visible()
        await self.page.screenshot(path=file)
