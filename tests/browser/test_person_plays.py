"""A person hosts and a person plays, in two real browsers' windows, on the whole real system."""

import json
import re
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import BrowserContext, FilePayload, expect

from tests.browser.watched_page import WatchedPage
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.asyncio(loop_scope="session")

BACK_WITHIN_MS = 30_000  # the gateway is started anew, at its address
QUIZ = {
    "title": "Two questions",
    "questions": [
        {
            "type": "single",
            "prompt": "Which planet is the red one?",
            "choices": ["Venus", "Mars", "Saturn"],
            "correct": [1],
            "time_limit_ms": 600_000,
        },
        {
            "type": "text",
            "prompt": "What is the capital of Vietnam?",
            "accepted": ["Hanoi", "Ha Noi"],
            "time_limit_ms": 600_000,
        },
    ],
}


class Host:
    """What the person at the laptop does."""

    def __init__(self, watched: WatchedPage) -> None:
        self.page = watched.page
        self.main = watched.main
        self.code = ""

    async def open_session(self, url: str) -> None:
        await self.page.goto(f"{url}/host")
        file = FilePayload(name="two.json", mimeType="application/json", buffer=json.dumps(QUIZ).encode())
        await self.page.locator("input[type=file]").set_input_files(file)
        await expect(self.main.get_by_text("“Two questions” is in your library, 2 questions.")).to_be_visible()
        await self.main.get_by_role("link", name="Start Two questions").click()
        await self.press("Open the session")
        shown = self.main.locator(".code")
        await expect(shown).to_have_text(re.compile("^[0-9A-Z]{6}$"))
        self.code = await shown.inner_text()

    async def press(self, name: str) -> None:
        """The button becomes free once the session shows what the last command did."""
        button = self.page.get_by_role("button", name=name)
        await expect(button).not_to_have_attribute("aria-disabled", "true")
        await button.click()


async def test_person_joins_by_code_answers_and_sees_points_and_board(
    running_system: RunningSystem, phone: BrowserContext, wall: BrowserContext, tmp_path: Path
) -> None:
    """Create, join, answer, refresh in the middle, see one's points and the board; no console complains."""
    url = running_system.state.player_url
    player, hosts = (
        WatchedPage(await phone.new_page(), name="player"),
        WatchedPage(await wall.new_page(), name="host"),
    )
    host = Host(hosts)
    await host.open_session(url)

    await player.page.goto(f"{url}/?code={host.code.lower()}")
    await player.page.get_by_label("Nickname").fill("Ada")
    await player.page.get_by_role("button", name="Join").click()
    await expect(player.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
    await expect(host.main.get_by_role("listitem").filter(has_text="Ada")).to_be_visible()
    await hosts.shoot(tmp_path / "host-lobby.png")

    await host.press("Start")
    await player.shoot(tmp_path / "player-question.png", when=player.main.get_by_role("button", name="Mars"))
    await hosts.shoot(tmp_path / "host-question.png", when=host.main.get_by_role("timer"))
    await player.main.get_by_role("button", name="Mars").click()
    await expect(player.main.get_by_text("Sent ✓")).to_be_visible()
    await expect(host.main.get_by_text("1 of 1 answered")).to_be_visible()

    await player.page.reload()
    await expect(player.main.get_by_text("Sent ✓")).to_be_visible()
    await expect(player.main.get_by_role("button", name="Mars")).to_be_disabled()
    await hosts.page.reload()
    await expect(host.main.get_by_text("1 of 1 answered")).to_be_visible()

    await host.press("Close question")
    await expect(player.main.get_by_text("✓ Correct!")).to_be_visible()
    await expect(player.main.get_by_role("listitem").filter(has_text="Ada")).to_contain_text("you")
    await player.shoot(tmp_path / "player-result.png")
    await hosts.shoot(tmp_path / "host-result.png", when=host.main.get_by_text("right answer"))

    await host.press("Next question")
    await player.page.get_by_label("Your answer").fill("  ha NOI ")
    await player.page.keyboard.press("Enter")
    await expect(host.main.get_by_text("1 of 1 answered")).to_be_visible()
    await host.press("Close question")
    await expect(player.main.get_by_text("✓ Correct!")).to_be_visible()

    await host.press("Show the final board")
    await expect(player.main.get_by_role("heading", level=1)).to_have_text("You came 1st!")
    board = await _board(url, hosts)
    assert [entry["nickname"] for entry in board] == ["Ada"]
    points = f"{board[0]['points']:,}"
    for screen in (player.main, host.main):
        await expect(screen.get_by_role("listitem").filter(has_text="Ada")).to_contain_text(points)
    await player.shoot(tmp_path / "player-final.png")
    await hosts.shoot(tmp_path / "host-final.png")
    assert player.complaints + hosts.complaints == []
    assert player.foreign_requests + hosts.foreign_requests == []


async def test_person_keeps_playing_when_the_gateway_is_killed_in_mid_question(
    running_system: RunningSystem, phone: BrowserContext, wall: BrowserContext
) -> None:
    """The answer given while nobody listens arrives when somebody does again, and counts."""
    url = running_system.state.player_url
    player, hosts = (
        WatchedPage(await phone.new_page(), name="player"),
        WatchedPage(await wall.new_page(), name="host"),
    )
    host = Host(hosts)
    await host.open_session(url)
    await player.page.goto(f"{url}/?code={host.code}")
    await player.page.get_by_label("Nickname").fill("Ada")
    await player.page.keyboard.press("Enter")
    await expect(player.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
    await host.press("Start")
    choice = player.main.get_by_role("button", name="Mars")
    await expect(choice).to_be_enabled(timeout=BACK_WITHIN_MS)  # the question can be answered, not only read

    running_system.kill("gateway-0")
    await choice.click()
    await expect(player.main.get_by_text("Sent ✓")).to_be_visible(timeout=BACK_WITHIN_MS)
    await expect(host.main.get_by_text("1 of 1 answered")).to_be_visible(timeout=BACK_WITHIN_MS)
    await host.press("Close question")
    await expect(player.main.get_by_text("✓ Correct!")).to_be_visible()
    uncaught = [
        complaint for complaint in player.complaints + hosts.complaints if "WebSocket connection" not in complaint
    ]
    assert uncaught == []


async def _board(url: str, hosts: WatchedPage) -> list[dict[str, object]]:
    """What the gateway's HTTP API says of the same session."""
    session_id = await hosts.page.evaluate("JSON.parse(sessionStorage.getItem('quizline.host')).session_id")
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{url}/api/sessions/{session_id}/leaderboard") as response,
    ):
        assert response.status == 200
        entries: list[dict[str, object]] = (await response.json())["entries"]
        return entries
