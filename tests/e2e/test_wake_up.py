"""How long a sleeping system takes: each function from zero by its fixture, and the chain under one player."""

import os
import time
from collections.abc import Callable

import pytest

from shared.client.host import HostClient, HostedSession
from shared.client.http import Gateways, open_http
from shared.client.player import PlayerClient, request_join
from shared.domain.quiz import Question, QuestionType
from shared.domain.session import Command, Phase
from tests.e2e.fixtures import deliver, seed_story
from tests.e2e.hops import hop_seconds
from tests.e2e.system import System, until_at_zero
from tests.events import golden

# From the end of the chain to its start, so that none is woken by the event of the one before.
FIXTURES = {
    "broadcast": golden.LEADERBOARD_UPDATED,
    "rank": golden.SCORE_UPDATED,
    "score": golden.ANSWER_ACCEPTED,
    "submit": golden.ANSWER_SUBMITTED,
    "join": golden.PLAYER_JOIN_REQUESTED,
}
# Beyond this something is broken rather than slow. What it should be on an idle machine: docs/cluster-test.md.
WITHIN_S = float(os.environ.get("QUIZLINE_E2E_WAKES_WITHIN_S", "30"))
LONG_MS = 300_000
QUESTIONS = (
    Question(
        type=QuestionType.SINGLE, prompt="Awake?", choices=("yes", "no"), correct=(0,), time_limit_ms=LONG_MS
    ),
)


@pytest.mark.timeout(420)
async def test_function_at_zero_wakes_for_its_fixture(system: System, seen: Callable[[str], None]) -> None:
    """One event over HTTP to each, which is answered 200 however long the start takes."""
    await seed_story(system)
    await until_at_zero(system)
    async with open_http() as http:
        for function, event in FIXTURES.items():
            began_s = time.monotonic()
            await deliver(http, system.receiver(function), event)
            woken_s = time.monotonic() - began_s
            seen(f"{function} woke up and answered its fixture in {woken_s:.2f} s")
            assert woken_s < WITHIN_S


@pytest.mark.timeout(420)
async def test_chain_at_zero_wakes_in_time_for_the_first_player(
    system: System, seen: Callable[[str], None]
) -> None:
    """From zero a player is in soon after the lobby opened; from zero an answer is soon on the board."""
    await until_at_zero(system)
    async with open_http() as http:
        gateways = Gateways(http, system.addresses.gateway_urls)
        host = HostClient(gateways)
        quiz = await host.create_quiz("Wake up", QUESTIONS)
        began_s = time.monotonic()
        opened = await host.open_session(quiz)
        joined = await request_join(gateways, code=opened.code, nickname="First")
        joined_s = time.monotonic() - began_s
        async with HostedSession(gateways, opened) as session, PlayerClient(gateways, joined) as player:
            await session.advance(Command.START, into=Phase.QUESTION_OPEN, question=0)
            await player.until(lambda view: view.open_question is not None, timeout_s=30)
            slept_s = await until_at_zero(system)
            answered_s = time.monotonic()
            await player.answer(0, choices=(0,))
            await player.until(lambda view: view.me is not None and view.me.points > 0, timeout_s=60)
            woken_s = time.monotonic() - answered_s
            await session.advance(Command.CLOSE, into=Phase.QUESTION_CLOSED, question=0)
            await session.advance(Command.NEXT, into=Phase.FINISHED)
    seen(f"from zero: lobby opened and its first player in after {joined_s:.2f} s")
    seen(f"all asleep again {slept_s:.0f} s into a question; an answer then was on the board in {woken_s:.2f} s")
    hops = await hop_seconds(system, opened.session_id)
    seen("of that, from event to event: " + ", ".join(f"{name} {spent_s:.2f}" for name, spent_s in hops.items()))
    seen(f"(load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
    assert joined_s < WITHIN_S
    assert woken_s < WITHIN_S
