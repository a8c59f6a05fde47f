"""One play from the first check to the report, against a system that is up."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import aiohttp

from knative.local.play.audit import Addresses, Findings, audit
from knative.local.play.bots import Bot, Witness
from knative.local.play.conductor import Conductor
from knative.local.play.display import Display, Scene
from knative.local.play.report import Report, delays_of, shortened
from knative.local.play.rules import PlayRules
from knative.local.play.runner_status import RunnerStatus
from knative.local.play.tally import Tally
from knative.local.play.verify import board_delays_ms, sent_answers
from shared.client.errors import ClientError
from shared.client.host import HostClient, HostedSession, OpenedSession
from shared.client.http import Gateways, open_http
from shared.domain.quiz import Question, Quiz

AT_ZERO_BEFORE_S = 60.0
# The manifests' windows, the shutdown of the pods, and some.
AT_ZERO_AFTER_S = 90.0
SCENE_EVERY_S = 0.15
# Bots think at most this long, together: a bank of hundreds of questions still passes quickly.
THINKING_BUDGET_S = 40.0
# Of a question's time: what a bot has not answered until then it answers too late wherever the machine is busy.
SHARE_FOR_THINKING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be played."""

    title: str
    questions: tuple[Question, ...]
    players: int
    seed: int
    rules: PlayRules = field(default_factory=PlayRules)
    answers_per_s: int = 200

    @property
    def quiz(self) -> Quiz:
        """As imported: whatever id the system gave it."""
        return Quiz(id="", version=1, title=self.title, questions=self.questions)

    @property
    def think_s(self) -> float:
        """A bot's longest thought. Answers of one question spread over it: at most `answers_per_s` on average, as
        far as its time allows that."""
        in_time_s = min(question.time_limit_ms for question in self.questions) / 1_000 * SHARE_FOR_THINKING
        spread_s = min(self.players / self.answers_per_s, in_time_s)
        return max(spread_s, min(1.5, THINKING_BUDGET_S / len(self.questions)), 0.2)


async def play(addresses: Addresses, plan: Plan, display: Display) -> Report:
    """Play, verify, and wait until all functions are back at zero. Never raises for what the system did wrong."""
    started_s = time.monotonic()
    async with open_http() as http:
        runner = None if addresses.runner_url is None else RunnerStatus(http, addresses.runner_url)
        before = await _at_zero(runner, display, timeout_s=AT_ZERO_BEFORE_S, when="before")
        performance = Performance(addresses, plan, display, http=http, runner=runner)
        await performance.run()
        if runner is not None:
            display.note("waiting until all functions are back at zero …")
        after = await _at_zero(runner, display, timeout_s=AT_ZERO_AFTER_S, when="after")
        performance.show()
    report = performance.report(before=before, after=after, wall_s=time.monotonic() - started_s)
    display.note(report.summary())
    return report


async def _at_zero(runner: RunnerStatus | None, display: Display, *, timeout_s: float, when: str) -> bool | None:
    if runner is None:
        return None
    at_zero = await runner.until_zero(timeout_s=timeout_s)
    state = runner.state
    counts = {} if state is None else {name: function.instances for name, function in state.functions.items()}
    display.note(f"functions {when} the play: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    return at_zero


class Company(Protocol):
    """Who else is there: uninvited guests, saboteurs."""

    def witnesses(self) -> Sequence[Witness]:
        """Players among them, whose answers count as the bots' do."""

    async def attend(self, performance: "Performance", opened: OpenedSession) -> None:
        """Run beside the play; cancelled once it is checked."""

    async def depart(self) -> None:
        """Awaited between the last question and the check: whatever was broken is mended."""


class Nobody:
    """The company of a play as people play it."""

    def witnesses(self) -> Sequence[Witness]:
        return ()

    async def attend(self, performance: "Performance", opened: OpenedSession) -> None:
        """Come and go."""

    async def depart(self) -> None:
        """Nothing was broken."""


class Performance:
    """The bots, their host, the audience and the company of one play."""

    def __init__(
        self,
        addresses: Addresses,
        plan: Plan,
        display: Display,
        *,
        http: aiohttp.ClientSession,
        runner: RunnerStatus | None,
        company: Company | None = None,
    ) -> None:
        self._company = company or Nobody()
        self._addresses = addresses
        self._plan = plan
        self._display = display
        self._http = http
        self._runner = runner
        self._tally = Tally(plan.players)
        self.bots: Sequence[Bot] = ()
        self._session: HostedSession | None = None
        self._findings: Findings | None = None
        self._problems: list[str] = []
        self._play_s = 0.0

    async def run(self) -> None:
        """All of it; what fails is a problem in the report."""
        try:
            host = HostClient(self._gateways(0))
            quiz = await host.create_quiz(self._plan.title, self._plan.questions)
            opened = await host.open_session(quiz, settings=self._plan.rules.settings)
            await self._perform(opened)
        except* (ClientError, TimeoutError) as failures:
            self._problems += [f"{type(failure).__name__}: {failure}" for failure in _leaves(failures)]

    def show(self) -> None:
        """The present moment, if the session was opened."""
        if self._session is not None:
            self._display.show(self._scene(self._session))

    def report(self, *, before: bool | None, after: bool | None, wall_s: float) -> Report:
        findings = self._findings
        evidence = [bot.evidence() for bot in self.bots] if findings is None else findings.evidence
        sent = sent_answers(evidence)
        delays = board_delays_ms(evidence)
        return Report(
            players=self._plan.players,
            questions=len(self._plan.questions),
            answers_sent=len(sent),
            answers_accepted=0 if findings is None else len(findings.accepted.answers),
            answers_refused=sum(answer.refusal is not None for answer in sent),
            refusals=Counter(answer.refusal.code for answer in sent if answer.refusal is not None),
            answers_lost=0 if findings is None else len(findings.lost),
            duplicates=0 if findings is None else findings.accepted.duplicates,
            redeliveries=0 if findings is None else findings.accepted.redeliveries,
            board_equal=findings is not None and not findings.unequal,
            answer_to_board_ms=delays_of(delays),
            answers_timed=len(delays),
            wall_s=round(wall_s, 1),
            play_s=round(self._play_s, 1),
            reconnects=sum(bot.reconnects for bot in evidence),
            resent=sum(answer.attempts - 1 for answer in sent),
            violations=sum(len(bot.violations) for bot in evidence),
            functions_at_zero_before=before,
            functions_at_zero_after=after,
            problems=shortened(
                [*self._problems, *self._found(), *(text for bot in evidence for text in bot.violations)]
            ),
        )

    async def _perform(self, opened: OpenedSession) -> None:
        dismissed = asyncio.Event()
        self.bots = [self._bot(number) for number in range(1, self._plan.players + 1)]
        session = self._session = HostedSession(self._gateways(0), opened, listener=lambda _: self._notice())
        async with session, asyncio.TaskGroup() as tasks:
            for bot in self.bots:
                tasks.create_task(bot.play(opened.code, dismissed=dismissed))
            audience = [
                tasks.create_task(self._watch()),
                tasks.create_task(self._company.attend(self, opened)),
            ]
            if self._runner is not None:
                audience.append(tasks.create_task(self._runner.follow()))
            started_s = time.monotonic()
            conductor = Conductor(
                session, self._tally, announce=self._display.note, pacing=self._plan.rules.pacing
            )
            await conductor.conduct(len(self._plan.questions))
            self._play_s = time.monotonic() - started_s
            self.show()
            await self._company.depart()
            self._display.note("checking against Kafka's log …")
            self._findings = await self._audit(opened)
            dismissed.set()
            for task in audience:
                task.cancel()

    async def _audit(self, opened: OpenedSession) -> Findings:
        return await audit(
            self._addresses,
            http=self._http,
            opened=opened,
            quiz=self._plan.quiz,
            rules=self._plan.rules,
            bots=[*self.bots, *self._company.witnesses()],
        )

    def _notice(self) -> None:
        """A message came: whoever waits for a phase looks again, and no question passes unseen."""
        self._tally.changed.notify()
        self.show()

    async def _watch(self) -> None:
        while True:
            self.show()
            await asyncio.sleep(SCENE_EVERY_S)

    def _scene(self, session: HostedSession) -> Scene:
        view = session.view
        question = view.session.question if view.session is not None else None
        board = view.leaderboard
        state = self._runner.state if self._runner is not None else None
        index = -1 if question is None else question.index
        return Scene(
            title=self._plan.title,
            phase=view.phase,
            question=index,
            questions=len(self._plan.questions),
            prompt="" if question is None else question.prompt,
            players=self._plan.players,
            joined=len(self._tally.joined),
            settled=self._tally.settled(index),
            board_version=0 if board is None else board.version,
            top=() if board is None else board.top,
            functions={}
            if state is None
            else {name: function.instances for name, function in state.functions.items()},
        )

    def _bot(self, number: int) -> Bot:
        return Bot(
            self._gateways(number),
            number=number,
            questions=self._plan.questions,
            seed=self._plan.seed,
            think_s=self._plan.think_s,
            tally=self._tally,
            rules=self._plan.rules,
        )

    def _gateways(self, first: int) -> Gateways:
        return Gateways(self._http, self._addresses.gateway_urls, first=first)

    def _found(self) -> list[str]:
        findings = self._findings
        return [] if findings is None else [*findings.lost, *findings.strange, *findings.unequal]


def _leaves(failures: BaseExceptionGroup[Exception]) -> list[BaseException]:
    """The single failures of a group of groups."""
    found: list[BaseException] = []
    for failure in failures.exceptions:
        found += _leaves(failure) if isinstance(failure, BaseExceptionGroup) else [failure]
    return found
