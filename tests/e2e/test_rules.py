"""Sessions of each pacing, with the settings that change who sees what and what counts, played by bots.

The check recomputes marks, points, rows and teams from Kafka's log, and compares them with what every bot saw.
"""

from typing import Any

import pytest

from knative.local.play.rules import PlayRules
from knative.local.play.run import Plan, play
from tests.e2e.quizzes import EVERY_TYPE
from tests.e2e.saboteur import watching
from tests.e2e.system import System

PLAYERS = 8
SETTINGS: dict[str, dict[str, Any]] = {
    "clock": {
        "pacing": "clock",
        "reveal_ms": 200,
        "lead_ms": 300,
        "streak_bonus": True,
        "penalty_percent": 50,
        "partial_credit": True,
        "shuffle_choices": True,
        "teams": ["Red", "Green", "Blue"],
        "policy": "linear.v1",
    },
    "changed-answers": {
        "answer_change": True,
        "streak_bonus": True,
        "shuffle_choices": True,
        "teams": ["Odd", "Even"],
        "team_choice": "drawn",
        "team_score": "sum",
        "nicknames": "generated",
        "policy": "flat.v1",
    },
    "at-close": {"results": "at_close", "penalty_percent": 100, "nicknames": "filtered"},
    "self-paced": {"pacing": "player", "shuffle_choices": True, "streak_bonus": True},
    "self-paced-at-close": {
        "pacing": "player",
        "results": "at_close",
        "teams": ["A", "B"],
        "team_choice": "drawn",
    },
}


@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", SETTINGS)
async def test_session_with_settings_ends_on_the_recomputed_board(system: System, name: str) -> None:
    """Every rule that the settings switch on holds on every screen."""
    plan = Plan(
        title=f"Rules: {name}",
        questions=EVERY_TYPE,
        players=PLAYERS,
        seed=3,
        rules=PlayRules(settings=SETTINGS[name]),
    )
    report = await play(system.addresses, plan, watching())
    assert report.problems == []
    assert report.is_good
    assert report.answers_accepted == report.answers_sent >= PLAYERS * len(EVERY_TYPE)
