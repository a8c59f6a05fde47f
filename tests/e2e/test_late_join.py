"""Somebody joins in mid-quiz, level with the average, and answers from there on beside the bots."""

import asyncio
import secrets
from collections.abc import Callable, Sequence

import pytest

from knative.local.play.bots import Evidence, Witness, evidence_of
from knative.local.play.rules import PlayRules
from knative.local.play.run import Performance, Plan
from shared.client.errors import Refused
from shared.client.host import OpenedSession
from shared.client.http import Gateways, open_http
from shared.client.player import PlayerClient, request_join
from shared.client.view import FeedView
from tests.e2e.quizzes import EVERY_TYPE
from tests.e2e.saboteur import watching
from tests.e2e.system import System, until

PLAYERS, JOINS_AT = 6, 2
JOIN_WITHIN_S = 60.0
# Long enough between the questions that a cold join lets the newcomer in before the last one.
SETTINGS = {"late_score": "mean", "streak_bonus": True, "pacing": "clock", "reveal_ms": 1_500}


class Newcomer:
    """Implements Company: one player, who is its witness, too."""

    def __init__(self, gateways: Gateways) -> None:
        self._gateways = gateways
        self._client: PlayerClient | None = None
        self.starting_points = 0

    def witnesses(self) -> Sequence[Witness]:
        return [] if self._client is None else [self]

    def evidence(self) -> Evidence:
        assert self._client is not None
        return evidence_of(self._client)

    async def attend(self, performance: Performance, opened: OpenedSession) -> None:
        """Join once that many questions are closed, and answer whatever opens then."""
        bot = performance.bots[0]

        async def bot_has_joined() -> bool:
            return bot.client is not None

        await until(bot_has_joined, what="the first bot to join", within_s=JOIN_WITHIN_S)
        assert bot.client is not None
        await bot.client.until(_is_asked(JOINS_AT))
        joined = await request_join(
            self._gateways,
            code=opened.code,
            nickname="Newcomer",
            request_id=secrets.token_hex(16),
            deadline_s=JOIN_WITHIN_S,
        )
        self.starting_points = joined.starting_points
        async with PlayerClient(self._gateways, joined) as client:
            self._client = client
            for question in range(JOINS_AT, len(EVERY_TYPE)):
                await self._answer(client, question)
            await asyncio.Event().wait()

    async def _answer(self, client: PlayerClient, question: int) -> None:
        """Whether it is right or in time does not matter here: it counts for what it is."""
        await client.until(_is_asked(question))
        shown = client.view.open_question
        if shown is None or shown.index != question:
            return
        choices = tuple(range(len(shown.choices))) if shown.targets or shown.type == "order" else (0,)
        try:
            await client.answer(
                question, choices=choices if shown.choices else (), text="" if shown.choices else "7"
            )
        except Refused:
            return

    async def depart(self) -> None:
        """Nothing was broken."""


def _is_asked(question: int) -> Callable[[FeedView], bool]:
    """This question, or a later one."""
    return lambda view: view.open_question is not None and view.open_question.index >= question


@pytest.mark.timeout(240)
async def test_late_player_begins_with_the_average_and_stands_on_the_recomputed_board(system: System) -> None:
    """The starting points count with the first answer: on every screen, in Redis, MongoDB and the log alike."""
    plan = Plan(
        title="Late",
        questions=EVERY_TYPE,
        players=PLAYERS,
        seed=5,
        rules=PlayRules(settings=SETTINGS),
    )
    async with open_http() as http:
        newcomer = Newcomer(Gateways(http, system.addresses.gateway_urls, first=1))
        performance = Performance(system.addresses, plan, watching(), http=http, runner=None, company=newcomer)
        await performance.run()
    report = performance.report(before=None, after=None, wall_s=0.0)
    assert report.problems == []
    assert newcomer.starting_points > 0
    own = newcomer.evidence().me
    assert own is not None
    assert own.points >= newcomer.starting_points
    assert report.answers_accepted > PLAYERS * len(EVERY_TYPE)
