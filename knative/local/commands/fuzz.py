"""`quizline fuzz`: plays amid noise until the time or the noise is used up, a row for each play."""

import secrets
import sys
import time
from pathlib import Path

from rich.console import Console

from knative.local.chaos.arena import Arena
from knative.local.chaos.fuzzing import Budget, fuzz
from knative.local.chaos.questions import chaos_questions
from knative.local.chaos.row import HEAD, Row
from knative.local.chaos.trial import Trial
from knative.local.commands.failure import failures
from knative.local.interrupt import run_until_stopped
from knative.local.play.run import Plan
from knative.local.play.stage import Told, lodging

MOST_NOISE = 1_000_000
INTERRUPTED = 130
_QUESTIONS = 12


def fuzz_command(*, seconds: float, seed: int | None, players: int, home: Path | None, as_json: bool) -> None:
    """A play that has begun is played to its end. Always leaves by SystemExit."""
    console = Console(stderr=True)

    def tell(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True, markup=False)

    first_seed = secrets.randbelow(1_000_000) if seed is None else seed
    rows: list[Row] = []
    budget = Budget(left=MOST_NOISE)
    tell(f"{players} players amid noise for {seconds:g} s, seed {first_seed}")
    with failures(), lodging(home) as place:
        arena = Arena(home=place.home, progress=Told(tell))

        async def body() -> None:
            async with arena:
                give_up_s = time.monotonic() + seconds
                while not rows or (time.monotonic() < give_up_s and budget.left):
                    plan = Plan(
                        title="Fuzz",
                        questions=chaos_questions(_QUESTIONS),
                        players=players,
                        seed=first_seed + len(rows),
                    )
                    rows.append(await Trial(arena, fuzz(budget), plan, usual_p99_ms=None).run())
                    print(rows[-1].json() if as_json else rows[-1].line(), flush=True)

        if not as_json:
            print(HEAD, flush=True)
        run_until_stopped(body(), kill_now=arena.system.kill_now)
        if not all(row.held for row in rows):
            tell(f"logs: {place.keep()}")
    if not rows:
        sys.exit(INTERRUPTED)
    tell(f"{MOST_NOISE - budget.left} pieces of noise in {len(rows)} plays")
    sys.exit(0 if all(row.held for row in rows) else 1)
