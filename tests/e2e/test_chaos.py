"""A small chaos run: many faults in two plays on a system of its own. `make chaos` plays each one by itself."""

from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest

from knative.local.chaos.arena import Arena
from knative.local.chaos.catalogue import chosen_faults
from knative.local.chaos.fault import Fault, together
from knative.local.chaos.questions import chaos_questions
from knative.local.chaos.row import Row
from knative.local.chaos.trial import Trial
from knative.local.home import Home
from knative.local.play.run import Plan

PLAYERS, QUESTIONS, SEED = 8, 6, 20
CLIENTS_AND_FUNCTIONS = (
    "kill-join,kill-submit,kill-score,kill-rank,kill-broadcast,kill-gateway,wipe-redis,triple,still-readers,"
    "offenders,poisoned,two-tabs,forged,flood,cut-gateway"
)
SERVERS = "rollout,kill-redis,kill-kafka,kill-mongodb,kill-sources,storm,cut-redis,cut-kafka"


def all_at_once(name: str, names: str) -> Fault:
    """One blow of each kind."""
    return together(
        name,
        *(
            replace(fault, strikes=fault.strikes[:1], lobby_strikes=fault.lobby_strikes[:1])
            for fault in chosen_faults(names)
        ),
    )


async def play_through(arena: Arena, fault: Fault) -> Row:
    plan = Plan(title=fault.name, questions=chaos_questions(QUESTIONS), players=PLAYERS, seed=SEED)
    return await Trial(arena, fault, plan, usual_p99_ms=None).run()


@pytest.mark.timeout(300)
async def test_truths_hold_under_many_faults_at_once(tmp_path: Path) -> None:
    """Every part is struck, every enemy is there: each board is what the log says, and nothing was lost."""
    async with Arena(home=Home(tmp_path), progress=Unwatched()) as arena:
        for fault in (all_at_once("clients", CLIENTS_AND_FUNCTIONS), all_at_once("servers", SERVERS)):
            row = await play_through(arena, fault)
            assert row.problems == []
            assert row.strikes == len(fault.strikes) + len(fault.lobby_strikes)
            assert row.answers_accepted >= PLAYERS * QUESTIONS


class Unwatched:
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def step(self, text: str) -> None:
        """Nobody waits for it on a screen."""

    def jars(self, done: int, total: int) -> None:
        """Nor for this."""
