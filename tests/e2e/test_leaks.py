"""Sessions come and go on one gateway, which ends where it began: counted, not timed.

The first sessions fill pools and caches; what the others add is a leak. Sockets and memory are as the operating
system tells, the rest as the gateway's metrics do.
"""

import asyncio
import re
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

import aiohttp
import psutil
import pytest

from shared.client.host import HostClient, HostedSession, OpenedSession
from shared.client.http import Gateways, open_http
from shared.client.player import PlayerClient, request_join
from shared.client.view import FeedView
from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Command, Phase
from tests.e2e.running_system import RunningSystem
from tests.e2e.system import until

WARMING, MEASURED = 3, 12
PLAYERS = 10
QUESTIONS = tuple(
    Question(type=QuestionType.SINGLE, prompt=f"{number}?", choices=("a", "b"), correct=(0,)) for number in (1, 2)
)
WITHIN_S = 60.0
# 12 sessions with 10 players each: if every connection left 60 KB behind, that would be 7 MB.
MOST_GROWTH_BYTES = 4 * 1_024 * 1_024
# Connections of pools to Kafka, MongoDB and Redis come and go by themselves.
SPARE_SOCKETS, SPARE_TASKS = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """What one gateway holds."""

    connections: int
    sessions: int
    attached: int
    tasks: int
    sockets: int
    threads: int
    rss_bytes: int

    @property
    def is_empty(self) -> bool:
        """Nobody is connected, and no session is held for anybody."""
        return not (self.connections or self.sessions or self.attached)


async def footprint(http: aiohttp.ClientSession, url: str, process: psutil.Process) -> Footprint:
    async with http.get(f"{url}/metrics") as response:
        text = await response.text()
    gauge: Callable[[str], int] = partial(_gauge, text)
    return Footprint(
        connections=gauge("connections"),
        sessions=gauge("sessions"),
        attached=gauge("attached_connections"),
        tasks=gauge("tasks"),
        sockets=len(process.net_connections(kind="tcp")),
        threads=process.num_threads(),
        rss_bytes=process.memory_info().rss,
    )


def _gauge(text: str, name: str) -> int:
    found = re.search(rf"^quizline_gateway_{name} (\S+)$", text, flags=re.MULTILINE)
    assert found is not None, f"expected the gauge {name}, got none"
    return int(float(found[1]))


async def play(http: aiohttp.ClientSession, url: str) -> None:
    """One whole session, from its lobby to the last player's leaving."""
    gateways = partial(Gateways, http, [url])
    host = HostClient(gateways())
    opened = await host.open_session(await host.create_quiz("Leaks", QUESTIONS))
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(HostedSession(gateways(), opened))
        joining = [_joined(gateways(), opened, number) for number in range(PLAYERS)]
        players = [await stack.enter_async_context(client) for client in await asyncio.gather(*joining)]
        for index in range(len(QUESTIONS)):
            command = Command.START if index == 0 else Command.NEXT
            await session.advance(command, into=Phase.QUESTION_OPEN, question=index)
            await asyncio.gather(*(_answer(player, index) for player in players))
            await session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=index)
        await session.advance(Command.NEXT, into=Phase.FINISHED)


async def _joined(gateways: Gateways, opened: OpenedSession, number: int) -> PlayerClient:
    joined = await request_join(gateways, code=opened.code, nickname=f"Player {number}", deadline_s=WITHIN_S)
    return PlayerClient(gateways, joined)


async def _answer(player: PlayerClient, index: int) -> None:
    def is_open(view: FeedView) -> bool:
        return view.open_question is not None and view.open_question.index == index

    await player.until(is_open, timeout_s=WITHIN_S)
    await player.answer(index, choices=(index,), timeout_s=WITHIN_S)


@pytest.mark.timeout(240)
async def test_gateway_after_many_sessions_holds_what_it_held_before(
    running_system: RunningSystem, seen: Callable[[str], None]
) -> None:
    """No connection, session or task stays, and memory has stopped to grow."""
    url = running_system.addresses.gateway_urls[1]
    process = psutil.Process(running_system.state.processes["gateway-1"])
    async with open_http() as http:

        async def after(sessions: int) -> Footprint:
            """Of the gateway alone again: our own connections of HTTP are in the count of sockets."""
            for _ in range(sessions):
                await play(http, url)
            present: list[Footprint] = []

            async def is_empty() -> bool:
                present[:] = [await footprint(http, url, process)]
                return present[0].is_empty

            await until(is_empty, what="a gateway that nobody uses", within_s=WITHIN_S)
            return present[0]

        before, then = await after(WARMING), await after(MEASURED)
    grown_kb = (then.rss_bytes - before.rss_bytes) // 1_000
    seen(f"a gateway after {MEASURED} sessions: {grown_kb} KB, {then.tasks - before.tasks} tasks more")
    assert then.tasks <= before.tasks + SPARE_TASKS
    assert then.sockets <= before.sockets + SPARE_SOCKETS
    assert then.threads <= before.threads + SPARE_TASKS
    assert then.rss_bytes <= before.rss_bytes + MOST_GROWTH_BYTES
