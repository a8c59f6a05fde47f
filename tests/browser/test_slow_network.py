"""What a phone on a slow line has to wait for, counted: requests, bytes, and how many wait for one another."""

from typing import Any

import pytest
from playwright.async_api import BrowserContext, expect

from tests.browser.sessions import QUESTIONS, opened_session
from tests.browser.watched_page import WatchedPage
from tests.e2e.running_system import RunningSystem

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]

# "3G slow": 400 ms there and back, 400 kbit/s.
ROUND_TRIP_S = 0.4
BYTES_A_SECOND = 50_000
USABLE_WITHIN_S = 2.0
MOST_REQUESTS = 12
# The page, then what it names. What a script asks for after that is not waited for.
ROUND_TRIPS = 2


class Line:
    """A line that is slow, and counts what comes over it."""

    def __init__(self) -> None:
        self.started: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def begin(self, event: dict[str, Any]) -> None:
        self.started[event["requestId"]] = event["request"]["url"]

    def end(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]


async def test_join_page_is_usable_within_two_seconds_of_a_slow_line(
    running_system: RunningSystem, phone: BrowserContext
) -> None:
    """Reckoned, so that a busy machine changes nothing; and then a person joins over such a line."""
    async with opened_session(running_system, "Far away", QUESTIONS[:1]) as (session, _):
        watched = WatchedPage(await phone.new_page(), name="far")
        line = Line()
        tools = await phone.new_cdp_session(watched.page)
        await tools.send("Network.enable")
        await tools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": ROUND_TRIP_S * 1_000,
                "downloadThroughput": BYTES_A_SECOND,
                "uploadThroughput": BYTES_A_SECOND,
            },
        )
        tools.on("Network.requestWillBeSent", line.begin)
        tools.on("Network.loadingFinished", line.end)
        url = f"{running_system.state.player_url}/?code={session.opened.code}"
        await watched.page.goto(url)
        await expect(watched.page.get_by_label("Nickname")).to_be_visible()

        page = await (await phone.request.get(url)).text()
        assets = [address.split("/assets/")[1] for address in line.started.values() if "/assets/" in address]
        assert [asset for asset in assets if asset not in page] == []
        assert len(line.started) <= MOST_REQUESTS, line.started
        total = sum(line.sizes.values())
        assert ROUND_TRIPS * ROUND_TRIP_S + total / BYTES_A_SECOND <= USABLE_WITHIN_S, line.sizes

        await watched.page.get_by_label("Nickname").fill("Ada")
        await watched.page.keyboard.press("Enter")
        await expect(watched.main.get_by_role("heading")).to_have_text("You’re in, Ada!")
        assert watched.complaints == []
        assert watched.foreign_requests == []
