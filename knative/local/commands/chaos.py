"""`quizline chaos`: plays with faults, a row each. Exit code 1 if anything did not hold, or not in time."""

import secrets
import sys
from pathlib import Path

from rich.console import Console

from knative.local.chaos.campaign import Campaign, Size
from knative.local.chaos.catalogue import UnknownFault, chosen_faults
from knative.local.chaos.row import HEAD, Row
from knative.local.commands.failure import CommandRefused, failures
from knative.local.interrupt import run_until_stopped
from knative.local.play.stage import lodging

INTERRUPTED = 130


def chaos(*, players: int, questions: int, seed: int | None, fault: str, home: Path | None, as_json: bool) -> None:
    """`fault`: names, comma-separated; empty for all. Always leaves by SystemExit."""
    console = Console(stderr=True)

    def tell(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True, markup=False)

    rows: list[Row] = []
    with failures():
        try:
            faults = chosen_faults(fault)
        except UnknownFault as error:
            raise CommandRefused(str(error)) from error
        size = Size(
            players=players,
            questions=questions,
            seed=secrets.randbelow(1_000_000) if seed is None else seed,
        )
        tell(f"{len(faults)} faults, {players} players, {questions} questions, seed {size.seed}")
        with lodging(home) as place:
            campaign = Campaign(faults, size, home=place.home, tell=tell)

            async def body() -> None:
                if not as_json:
                    print(HEAD, flush=True)
                async for row in campaign.rows():
                    rows.append(row)
                    print(row.json() if as_json else row.line(), flush=True)

            run_until_stopped(body(), kill_now=campaign.kill_now)
            if not all(row.held for row in rows):
                tell(f"logs: {place.keep()}")
    if len(rows) < len(faults) + 1:
        sys.exit(INTERRUPTED)
    sys.exit(0 if all(row.held and row.is_in_time for row in rows) else 1)
