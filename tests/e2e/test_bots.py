"""Whole plays on the whole system: gateways, five functions from zero, real servers."""

import os
from collections.abc import Callable

import pytest

from knative.local.play.run import Plan, play
from tests.e2e.quizzes import EVERY_TYPE
from tests.e2e.saboteur import watching
from tests.e2e.system import System, until_at_zero

PLAYERS = int(os.environ.get("QUIZLINE_E2E_PLAYERS", "20"))


@pytest.mark.timeout(420)
async def test_play_from_zero_to_zero_ends_on_the_recomputed_board(
    system: System, seen: Callable[[str], None]
) -> None:
    """Every answer counts once, every bot saw the board that the log makes, and nothing runs before or after."""
    await until_at_zero(system)
    plan = Plan(title="Every type", questions=EVERY_TYPE, players=PLAYERS, seed=1)
    report = await play(system.addresses, plan, watching())
    assert report.problems == []
    assert report.is_good
    answers = PLAYERS * len(EVERY_TYPE)
    assert (report.answers_sent, report.answers_accepted) == (answers, answers)
    assert report.answers_timed == answers
    asleep_s = await until_at_zero(system)
    delays = report.answer_to_board_ms
    seen(
        f"{PLAYERS} players, {answers} answers in {report.play_s:g} s from zero; answer to board "
        f"p50 {delays.p50:g}, p99 {delays.p99:g} ms; back at zero {asleep_s:.0f} s after the check"
    )
