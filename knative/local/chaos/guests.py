"""Players of the chaos run's own, beside the bots: their answers count, and they bear witness like everybody."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from knative.local.chaos.world import World
from knative.local.play.bots import JOIN_DEADLINE_S, Evidence, evidence_of
from knative.local.play.choosing import as_shown
from shared.client.player import Joined, PlayerClient, request_join
from shared.client.view import FeedView
from shared.domain.quiz import QuestionType
from shared.domain.session import Phase
from shared.events.payloads import QuestionView, Value


@dataclass(frozen=True, slots=True)
class Guest:
    """Implements Witness."""

    client: PlayerClient

    def evidence(self) -> Evidence:
        return evidence_of(self.client)


async def joined(world: World, nickname: str) -> Joined:
    """A new player of the session that is played."""
    return await request_join(
        world.gateways(),
        code=world.session.code,
        nickname=nickname,
        request_id=secrets.token_hex(16),
        deadline_s=JOIN_DEADLINE_S,
    )


@asynccontextmanager
async def attending(world: World, player: Joined, *, first: int = 0) -> AsyncIterator[PlayerClient]:
    """A client of `player`, a witness from now on, who has seen the session."""
    async with PlayerClient(world.gateways(first), player) as client:
        world.guests.append(Guest(client))
        await client.until(lambda view: view.seq is not None)
        yield client


def right_value(world: World, shown: QuestionView) -> Value:
    """What is right, as the session shows the question."""
    question = as_shown(world.plan.questions[shown.index], shown)
    if question.accepted:
        return Value(text=question.accepted[0])
    if question.type is QuestionType.POLL:
        return Value(choices=(0,))
    return Value(choices=question.correct)


async def open_questions(client: PlayerClient) -> AsyncIterator[QuestionView]:
    """Each question that this client sees open, until the session is finished; then it stays to watch."""
    asked = -1
    while True:

        def goes_on(view: FeedView, after: int = asked) -> bool:
            question = view.open_question
            return view.phase is Phase.FINISHED or (question is not None and question.index > after)

        await client.until(goes_on)
        question = client.view.open_question
        if question is None:
            break
        asked = question.index
        yield question
    await client.until(lambda _: False)


def evidence_by(world: World, nickname: str) -> list[Evidence]:
    """What the guests of that name did and saw."""
    return [evidence for guest in world.guests if (evidence := guest.evidence()).nickname == nickname]
