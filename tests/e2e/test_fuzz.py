"""A short session amid noise. `make fuzz` makes as much of it as there is time for."""

from pathlib import Path

import pytest

from knative.local.chaos.arena import Arena
from knative.local.chaos.fuzzing import BODIES, FRAMES, RECORDS, Budget, fuzz
from knative.local.chaos.questions import chaos_questions
from knative.local.chaos.trial import Trial
from knative.local.home import Home
from knative.local.play.run import Plan
from tests.e2e.test_chaos import Unwatched

NOISE, PLAYERS, QUESTIONS = 20_000, 3, 4


@pytest.mark.timeout(180)
async def test_session_amid_noise_is_played_as_if_there_was_none(tmp_path: Path) -> None:
    """Malformed frames, bodies and records come from everywhere: the board is right, no part breaks."""
    plan = Plan(title="Fuzz", questions=chaos_questions(QUESTIONS), players=PLAYERS, seed=5)
    async with Arena(home=Home(tmp_path), progress=Unwatched()) as arena:
        row = await Trial(arena, fuzz(Budget(left=NOISE)), plan, usual_p99_ms=None).run()
    assert row.problems == []
    assert row.answers_accepted == PLAYERS * QUESTIONS
    said = " ".join(row.notes)
    assert all(kind in said for kind in (FRAMES, BODIES, RECORDS))
