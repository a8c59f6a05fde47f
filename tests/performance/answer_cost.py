"""CPU of each part for one answer more: `python -m tests.performance.answer_cost --players 200 --questions 2 8`.

Bots play on the whole local system; CPU times are the operating system's, so another load on the machine changes
them little. A function's instances are looked at until they end: what one used after the last look is missed, at
most a few milliseconds. Two plays of the same players with fewer and more questions are subtracted, so that
starts, joins and idle time fall out.
"""

import argparse
import asyncio
import json
import secrets
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from rich.console import Console

from knative.local.home import Home
from knative.local.play.display import display_for
from knative.local.play.quiz_choice import chosen_quiz
from knative.local.play.report import Report
from knative.local.play.run import Plan, play
from knative.local.play.stage import addresses_of, own_system
from knative.local.system import LocalSystem

LOOK_EVERY_S = 0.1


class Accounts:
    """CPU seconds by part; an instance counts for its function."""

    def __init__(self, system: LocalSystem) -> None:
        self._system = system
        self._seconds: dict[psutil.Process, tuple[str, float]] = {}

    def look(self) -> None:
        for name, pid in self._system.state.processes.items():
            self._note(psutil.Process(pid), name)
        runner = psutil.Process(self._system.state.processes["runner"])
        for child in runner.children():
            if child not in self._seconds:
                self._note(child, child.environ().get("FUNCTION_TARGET", "runner"))
            else:
                self._note(child, self._seconds[child][0])

    def by_part(self) -> dict[str, float]:
        sums: dict[str, float] = defaultdict(float)
        for name, seconds in self._seconds.values():
            sums[name.rstrip("-0123456789")] += seconds
        return sums

    def _note(self, process: psutil.Process, name: str) -> None:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            return
        self._seconds[process] = (name, times.user + times.system)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One play. `cpu_s` by part."""

    report: Report
    cpu_s: dict[str, float]

    def line(self) -> dict[str, object]:
        delays = self.report.answer_to_board_ms
        return {
            "players": self.report.players,
            "answers": self.report.answers_accepted,
            "good": self.report.is_good,
            "play_s": self.report.play_s,
            "answer_to_board_ms": {"p50": delays.p50, "p99": delays.p99},
            "cpu_s": {name: round(seconds, 2) for name, seconds in sorted(self.cpu_s.items())},
        }


async def measured(players: int, questions: int, answers_per_s: int) -> Measurement:
    chosen = chosen_quiz("general-knowledge", at_most=questions)
    plan = Plan(
        title=chosen.title,
        questions=chosen.questions,
        players=players,
        seed=secrets.randbelow(1_000_000),
        answers_per_s=answers_per_s,
    )
    console = Console(quiet=True)
    with TemporaryDirectory() as folder, display_for(console) as display:
        async with own_system(Home(Path(folder)), gateways=None, tell=lambda text: None) as system:
            accounts = Accounts(system)
            accounts.look()
            before = accounts.by_part()
            playing = asyncio.create_task(play(addresses_of(system.state), plan, display))
            while not playing.done():
                try:
                    accounts.look()
                except psutil.NoSuchProcess:
                    continue
                await asyncio.wait({playing}, timeout=LOOK_EVERY_S)
            report = playing.result()
    spent = {name: seconds - before.get(name, 0.0) for name, seconds in accounts.by_part().items()}
    return Measurement(report=report, cpu_s=spent)


def shown(small: Measurement, large: Measurement) -> dict[str, object]:
    """Both, and what each answer more did cost."""
    more = large.report.answers_accepted - small.report.answers_accepted
    marginal = {
        name: round(1000 * (seconds - small.cpu_s.get(name, 0.0)) / more, 2)
        for name, seconds in sorted(large.cpu_s.items())
    }
    return {
        "plays": [one.line() for one in (small, large)],
        "cpu_ms_for_one_answer_more": marginal,
        "in_all": round(sum(marginal.values()), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.performance.answer_cost", description=__doc__)
    parser.add_argument("--players", type=int, default=200)
    parser.add_argument("--questions", type=int, nargs=2, default=(2, 8))
    parser.add_argument("--rate", type=int, default=200, help="answers a second while a question is open")
    arguments = parser.parse_args()
    small, large = (
        asyncio.run(measured(arguments.players, questions, arguments.rate)) for questions in arguments.questions
    )
    print(json.dumps(shown(small, large), indent=2))


if __name__ == "__main__":
    main()
