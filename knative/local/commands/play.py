"""`quizline play`: bots play a whole quiz on the real parts, and the result is checked.

Standard error gets what people want to see, standard output one JSON object; the exit code is 1 if anything was
lost, doubled or unequal.
"""

import asyncio
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from knative.local.home import home_from
from knative.local.play.display import display_for
from knative.local.play.quiz_choice import ChosenQuiz, QuizNotFound, chosen_quiz, shipped_names
from knative.local.play.report import Report
from knative.local.play.run import Plan
from knative.local.play.run import play as perform
from knative.local.play.stage import NoStage, lodging, own_system, running_system
from knative.local.state import NotRunning

MAX_PLAYERS = 5_000


def play(
    *,
    players: Annotated[int, typer.Option(help="How many bots.", min=1, max=MAX_PLAYERS)] = 50,
    quiz: Annotated[str, typer.Option(help="A shipped quiz, or a file: our JSON, GIFT, Open Trivia.")] = "",
    questions: Annotated[int | None, typer.Option(help="The first so many only.", min=1)] = None,
    seed: Annotated[int | None, typer.Option(help="Repeats what the bots think and choose.")] = None,
    home: Annotated[Path | None, typer.Option(help="Keep the system's data and logs here.")] = None,
    gateways: Annotated[int | None, typer.Option(help="How many gateways.", min=1, max=8)] = None,
    url: Annotated[str | None, typer.Option(help="Play against the running system with this address.")] = None,
    json_only: Annotated[bool, typer.Option("--json", help="Say nothing but the JSON object.")] = False,
) -> None:
    """Let bots play a whole quiz, and check what they saw against Kafka's log."""
    console = Console(stderr=True, quiet=json_only)
    chosen = _quiz(console, quiz, questions)
    plan = Plan(
        title=chosen.title,
        questions=chosen.questions,
        players=players,
        seed=seed if seed is not None else secrets.randbelow(1_000_000),
    )
    _say(console, f"{plan.title}: {len(plan.questions)} questions, {players} players, seed {plan.seed}")
    try:
        report = asyncio.run(_played(plan, console, home=home, gateways=gateways, url=url))
    except (NoStage, NotRunning) as error:
        raise _refused(console, str(error)) from error
    sys.stdout.write(report.line() + "\n")
    raise typer.Exit(0 if report.is_good else 1)


async def _played(
    plan: Plan, console: Console, *, home: Path | None, gateways: int | None, url: str | None
) -> Report:
    with display_for(console) as display:
        if url is not None:
            return await perform(running_system(home_from(), url), plan, display)
        with lodging(home) as place:
            async with own_system(place.home, gateways=gateways, tell=display.note) as addresses:
                report = await perform(addresses, plan, display)
                display.note("stopping")
            if not report.is_good:
                display.note(f"logs: {place.keep()}")
        return report


def _quiz(console: Console, name: str, at_most: int | None) -> ChosenQuiz:
    try:
        chosen = chosen_quiz(name or shipped_names()[0], at_most=at_most)
    except (QuizNotFound, OSError) as error:
        raise _refused(console, str(error)) from error
    for line in chosen.problem_lines():
        _say(console, line)
    if not chosen.questions:
        raise _refused(console, f"{chosen.source}: expected at least one question that can be played, got none")
    return chosen


def _say(console: Console, text: str) -> None:
    console.print(text, highlight=False, soft_wrap=True, markup=False)


def _refused(console: Console, problem: str) -> typer.Exit:
    console.quiet = False
    _say(console, f"quizline play: {problem}")
    return typer.Exit(2)
