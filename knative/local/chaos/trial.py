"""One fault, one play, one row: plays, then holds everything that was seen against the log."""

import random
import time

from knative.local.chaos.arena import Arena
from knative.local.chaos.fault import Fault
from knative.local.chaos.havoc import Havoc
from knative.local.chaos.recovery import recoveries_s, stalls_s
from knative.local.chaos.row import Row
from knative.local.chaos.truths import (
    false_promises,
    inconstant_refusals,
    unlike_repetitions,
    wrong_scores,
    wrong_times,
)
from knative.local.chaos.world import World
from knative.local.deadletters.letter import Selection
from knative.local.deadletters.reading import letters
from knative.local.play.event_log import EventLog
from knative.local.play.report import Report, shortened
from knative.local.play.run import Performance, Plan
from knative.local.play.verify import accepted_answers
from shared.events.catalog import DEAD_LETTERS, TOPICS

_LOG_WITHIN_S = 60.0
_ALL = tuple(topic for topic in TOPICS if topic != DEAD_LETTERS)
# Late is who waits for a board twice as long as all but one in a hundred do without a fault, and at least so long.
_LEAST_LATE_S = 0.5


class Trial:
    """`usual_p99_ms`: how long an answer waits for its board without a fault; None for the play that tells."""

    def __init__(self, arena: Arena, fault: Fault, plan: Plan, *, usual_p99_ms: float | None) -> None:
        self._fault = fault
        self._plan = plan
        self._arena = arena
        self._world = World(
            system=arena.system,
            addresses=arena.addresses,
            http=arena.http,
            plan=plan,
            rng=random.Random(f"{plan.seed}/{fault.name}"),
            logs=arena.home.logs,
            ways=arena.ways,
            usual_p99_ms=usual_p99_ms,
        )

    async def run(self) -> Row:
        havoc = Havoc(self._fault, self._world)
        performance = Performance(
            self._arena.addresses, self._plan, havoc, http=self._arena.http, runner=None, company=havoc
        )
        began_s = time.monotonic()
        await performance.run()
        report = performance.report(before=None, after=None, wall_s=time.monotonic() - began_s)
        problems = [*report.problems, *self._world.found]
        if self._world.opened is not None:
            problems += await self._log_problems()
            for check in self._fault.checks:
                problems += await check(self._world)
        return self._row(report, havoc, shortened(problems))

    async def _log_problems(self) -> list[str]:
        """What the whole log of the session says of itself."""
        world = self._world
        async with EventLog(world.addresses.kafka, session_id=world.session.session_id, topics=_ALL) as log:
            if not await log.read_to_end(timeout_s=_LOG_WITHIN_S):
                return ["Kafka: expected to read the log to its end, got no further"]
            world.events = log.events
        accepted = accepted_answers(world.events)
        return [
            *unlike_repetitions(world.events),
            *wrong_scores(self._plan.quiz, accepted, world.events),
            *wrong_times(accepted, world.events),
            *false_promises(self._acknowledged(), world.events),
            *inconstant_refusals(world.events),
            *await self._strange_letters(),
        ]

    def _acknowledged(self) -> dict[str, str]:
        evidence = [witness.evidence() for witness in (*self._world.bots, *self._world.guests)]
        return {
            answer.id: one.nickname for one in evidence for answer in one.answers if answer.acked_s is not None
        }

    async def _strange_letters(self) -> list[str]:
        """Dead letters that nobody planted: an event was given up."""
        chosen = Selection(session=self._world.session.session_id)
        return [
            f"a dead letter of {letter.function}: {letter.type}, code {letter.code or 'none'}"
            async for letter in letters(self._world.addresses.kafka, chosen, security={})
            if letter.attributes.get("id") not in self._world.planted
        ]

    def _row(self, report: Report, havoc: Havoc, problems: list[str]) -> Row:
        world = self._world
        return Row(
            fault=self._fault.name,
            done=self._fault.done,
            checked=self._fault.holds,
            players=report.players,
            questions=report.questions,
            strikes=len(world.struck_s),
            answers_accepted=report.answers_accepted,
            answers_refused=report.answers_refused,
            reconnects=report.reconnects,
            resent=report.resent,
            redeliveries=report.redeliveries,
            p99_ms=report.answer_to_board_ms.p99,
            longest_away_s=round(havoc.absences.longest_s, 2),
            recovery_s=self._recovery_s(havoc),
            stall_s=self._stall_s(),
            limited=self._fault.limited,
            limit_s=world.limit_s or self._fault.limit_s,
            play_s=report.play_s,
            notes=[*world.notes, *(f"{count} {name}" for name, count in world.tallies.items())],
            problems=problems,
        )

    def _recovery_s(self, havoc: Havoc) -> float | None:
        world = self._world
        if not world.struck_s:
            return None
        usual_s = max(_LEAST_LATE_S, 2 * (world.usual_p99_ms or 0.0) / 1_000)
        evidence = [bot.evidence() for bot in world.bots]
        slowest_s = max(recoveries_s(evidence, struck_s=world.struck_s, usual_s=usual_s))
        return round(max(slowest_s, havoc.absences.longest_s), 2)

    def _stall_s(self) -> float | None:
        world = self._world
        if not world.struck_s:
            return None
        return round(max(stalls_s([bot.evidence() for bot in world.bots], struck_s=world.struck_s)), 2)
