"""`quizline play`: bots play a whole quiz on the real parts, and the result is checked.

Standard error gets what people want to see, standard output one JSON object; the exit code is 1 if anything was
lost, doubled or unequal.
"""

import os
import secrets
import sys
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console

from knative.local.commands.failure import CommandFailed, CommandRefused, failures
from knative.local.home import home_from
from knative.local.interrupt import run_until_stopped
from knative.local.play.audit import Addresses
from knative.local.play.display import Display, display_for
from knative.local.play.quiz_choice import ChosenQuiz, QuizNotFound, chosen_quiz
from knative.local.play.report import Report
from knative.local.play.rules import PlayRules
from knative.local.play.run import Plan
from knative.local.play.run import play as perform
from knative.local.play.stage import NoStage, addresses_of, lodging, own_system, running_system
from shared.adapters.kafka import connection_options
from shared.config import KafkaSecurity, SettingError, kafka_security
from shared.domain.errors import TransientFailure
from shared.domain.settings import Pacing

DEFAULT_QUIZ = "general-knowledge"
INTERRUPTED = 130


def play(
    *,
    players: int,
    quiz: str,
    questions: int | None,
    settings: str,
    seed: int | None,
    home: Path | None,
    gateways: int | None,
    url: str | None,
    kafka: str,
    mongodb: str,
    json_only: bool,
) -> None:
    """`quiz`: a shipped one's name, or a file; empty for the default one. Always leaves by SystemExit.

    `kafka` and `mongodb` stand behind a `url` that no `quizline up` of this checkout serves.
    """
    console = Console(stderr=True, quiet=json_only)
    with failures():
        chosen = _quiz(console, quiz, questions)
        rules = _rules(settings)
    plan = Plan(
        title=chosen.title,
        questions=chosen.questions,
        players=players,
        seed=seed if seed is not None else secrets.randbelow(1_000_000),
        rules=rules,
    )
    _say(console, f"{plan.title}: {len(plan.questions)} questions, {players} players, seed {plan.seed}")
    with failures(), display_for(console) as display:
        if url is None:
            report = _on_own(plan, display, home=home, gateways=gateways)
        else:
            report = _at(_addresses(url, kafka=kafka, mongodb=mongodb), plan, display)
    if report is None:
        sys.exit(INTERRUPTED)
    print(report.line())
    sys.exit(0 if report.is_good else 1)


def _on_own(plan: Plan, display: Display, *, home: Path | None, gateways: int | None) -> Report | None:
    """On a system that lives as long as the play; None when somebody stopped it."""
    reports: list[Report] = []
    with lodging(home) as place:
        system = own_system(place.home, gateways=gateways, tell=display.note)

        async def body() -> None:
            async with system:
                reports.append(await perform(addresses_of(system.state), plan, display))
                display.note("stopping")

        run_until_stopped(body(), kill_now=system.kill_now)
        if reports and not reports[0].is_good:
            display.note(f"logs: {place.keep()}")
    return reports[0] if reports else None


def _addresses(url: str, *, kafka: str, mongodb: str) -> Addresses:
    """Raises CommandRefused, NotRunning. A Kafka that is named is reached as the functions reach theirs."""
    if kafka and mongodb:
        security = _security()
        return Addresses(gateway_urls=(url,), kafka=kafka, mongodb=mongodb, kafka_security=security)
    if kafka or mongodb:
        raise CommandRefused("expected both --kafka and --mongodb, or neither: the check needs both; got one")
    try:
        return running_system(home_from(), url)
    except NoStage as error:
        raise CommandRefused(str(error)) from error


def _security() -> KafkaSecurity:
    """Tried before anybody plays, as the log is read at the end. Raises CommandRefused, CommandFailed."""
    try:
        security = kafka_security(os.environ)
        connection_options(security)
    except SettingError as error:
        raise CommandRefused(str(error)) from error
    except TransientFailure as error:
        raise CommandFailed(str(error)) from error
    return security


def _at(addresses: Addresses, plan: Plan, display: Display) -> Report | None:
    """On a system that is up and stays up."""
    reports: list[Report] = []

    async def body() -> None:
        reports.append(await perform(addresses, plan, display))

    run_until_stopped(body(), kill_now=lambda: None)
    return reports[0] if reports else None


def _quiz(console: Console, name: str, at_most: int | None) -> ChosenQuiz:
    """Raises CommandRefused. What the file says that could not be taken is told by line."""
    try:
        chosen = chosen_quiz(name or DEFAULT_QUIZ, at_most=at_most)
    except (QuizNotFound, OSError) as error:
        raise CommandRefused(str(error)) from error
    for line in chosen.problem_lines:
        _say(console, line)
    if not chosen.questions:
        raise CommandRefused(f"{name}: expected at least one question that can be played, got none")
    return chosen


def _rules(settings: str) -> PlayRules:
    """Raises CommandRefused. What only the gateway can judge, it refuses when the session is opened."""
    try:
        rules = PlayRules(settings=msgspec.json.decode(settings, type=dict[str, Any]))
        assert rules.pacing in Pacing
    except msgspec.MsgspecError as error:
        raise CommandRefused(f"--settings: expected a JSON object of session settings: {error}") from error
    return rules


def _say(console: Console, text: str) -> None:
    console.print(text, highlight=False, soft_wrap=True, markup=False)
