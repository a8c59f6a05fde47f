"""One player in two tabs: the first answer counts, the other is refused, and both tabs show the same place."""

import asyncio
from contextlib import suppress

from knative.local.chaos.fault import Fault
from knative.local.chaos.guests import attending, evidence_by, joined, open_questions, right_value
from knative.local.chaos.world import World
from knative.local.play.bots import Evidence
from shared.client.errors import Refused
from shared.client.player import PlayerClient
from shared.domain.errors import RefusalCode
from shared.events.payloads import Value

NICKNAME = "Two Tabs"
_PATIENCE_S = 60.0
_BY_THE_RULES = {
    RefusalCode.ANSWER_ALREADY_GIVEN,
    RefusalCode.QUESTION_CLOSED,
    RefusalCode.ANSWER_INVALID,
    None,
}


async def _play_in_two_tabs(world: World) -> None:
    """Both answer each question at the same moment, each at another gateway."""
    player = await joined(world, NICKNAME)
    async with attending(world, player) as one, attending(world, player, first=1) as other:
        async for question in open_questions(one):
            value = right_value(world, question)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_answer(one, question.index, value))
                tasks.create_task(_answer(other, question.index, value))


async def _answer(client: PlayerClient, question: int, value: Value) -> None:
    with suppress(Refused, TimeoutError):
        await client.answer(question, choices=value.choices, text=value.text, timeout_s=_PATIENCE_S)


async def _check(world: World) -> list[str]:
    return tab_problems(evidence_by(world, NICKNAME), set(world.accepted_ids()))


def tab_problems(tabs: list[Evidence], accepted: set[str]) -> list[str]:
    """`accepted`: ids of the answers that the log says count."""
    answers = [answer for tab in tabs for answer in tab.answers if answer.attempts]
    if not answers:
        return ["two tabs: expected answers, got none"]
    codes = {None if answer.refusal is None else answer.refusal.code for answer in answers}
    problems = [f"two tabs: expected a refusal by the rules, got {code}" for code in codes - _BY_THE_RULES]
    counted = [answer.question for answer in answers if answer.id in accepted]
    if len(counted) != len(set(counted)):
        problems.append("two tabs: expected one answer of each question to count, got both")
    if len({None if tab.me is None else (tab.me.rank, tab.me.points) for tab in tabs}) > 1:
        problems.append("two tabs: expected the same place in both, got two")
    return problems


TWO_TABS = Fault(
    name="two-tabs",
    done="one player answers in two tabs at once",
    holds="one answer counts, both tabs agree",
    acts=(_play_in_two_tabs,),
    checks=(_check,),
)
