"""A player who answers each question after its close: refused, for one reason, however often that comes."""

from contextlib import suppress

from knative.local.chaos.fault import Fault
from knative.local.chaos.guests import attending, evidence_by, joined, right_value
from knative.local.chaos.world import World
from shared.client.errors import Refused
from shared.client.view import FeedView
from shared.domain.errors import RefusalCode
from shared.domain.session import Phase

NICKNAME = "Latecomer"
_PATIENCE_S = 60.0
_CLOSED = {Phase.QUESTION_CLOSED, Phase.LEADERBOARD, Phase.FINISHED}


async def _answer_late(world: World) -> None:
    """Stays to watch until cancelled."""
    async with attending(world, await joined(world, NICKNAME)) as client:
        for question in range(len(world.plan.questions)):

            def is_closed(view: FeedView, question: int = question) -> bool:
                shown = view.session.question if view.session is not None else None
                return shown is not None and (shown.index, view.phase in _CLOSED) >= (question, True)

            await client.until(is_closed)
            assert client.view.session is not None
            shown = client.view.session.question
            if shown is None or shown.index != question:
                continue  # the next one was quicker
            value = right_value(world, shown)
            with suppress(Refused, TimeoutError):
                await client.answer(question, choices=value.choices, text=value.text, timeout_s=_PATIENCE_S)
        await client.until(lambda _: False)


async def _check(world: World) -> list[str]:
    mine = evidence_by(world, NICKNAME)
    answers = [answer for evidence in mine for answer in evidence.answers]
    codes = [None if answer.refusal is None else answer.refusal.code for answer in answers]
    wrong = [code for code in codes if code != RefusalCode.QUESTION_CLOSED]
    problems = [f"a late answer: expected it refused as question_closed, got {code}" for code in wrong]
    return problems if answers else ["expected late answers, got none"]


LATECOMER = Fault(
    name="latecomer",
    done="a player answers each question after its close",
    holds="late answers are refused, the same way every time",
    acts=(_answer_late,),
    checks=(_check,),
)
