"""Whole plays on the whole system: two gateways, five functions from zero, real servers."""

from knative.local.play.run import Plan, play
from tests.e2e.quizzes import EVERY_TYPE
from tests.e2e.running_system import RunningSystem
from tests.e2e.saboteur import watching


async def test_play_of_twenty_bots_ends_on_the_recomputed_board(running_system: RunningSystem) -> None:
    """From zero to zero: every answer counts once, and every bot saw the board that the log makes."""
    plan = Plan(title="Every type", questions=EVERY_TYPE, players=20, seed=1)
    report = await play(running_system.addresses, plan, watching())
    assert report.problems == []
    assert report.is_good
    assert (report.answers_sent, report.answers_accepted) == (140, 140)
    assert (report.functions_at_zero_before, report.functions_at_zero_after) == (True, True)
    assert report.answers_timed == 140
