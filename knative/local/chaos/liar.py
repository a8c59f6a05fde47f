"""A client that lies about time: it answers after a second, and says that this was at the opening."""

import asyncio
import time
from contextlib import suppress

import aiohttp
import msgspec

from knative.local.chaos.fault import Fault
from knative.local.chaos.guests import attending, evidence_by, joined, open_questions, right_value
from knative.local.chaos.world import World
from shared.client.outbox import SentAnswer
from shared.client.player import PlayerClient
from shared.events.payloads import AnswerAccepted, QuestionView

NICKNAME = "Liar"
_AFTER_S = 1.0
_HEADERS = {"date": "Thu, 01 Jan 1970 00:00:00 GMT", "x-request-start": "t=0"}


async def _lie(world: World) -> None:
    player = await joined(world, NICKNAME)
    async with attending(world, player) as client:
        async for question in open_questions(client):
            await asyncio.sleep(_AFTER_S)
            with suppress(aiohttp.ClientError, TimeoutError):
                await _answer(world, client, question)


async def _answer(world: World, client: PlayerClient, question: QuestionView) -> None:
    """Over HTTP, where a body can say anything."""
    value = right_value(world, question)
    sent = SentAnswer(
        id=f"lie-{question.index}", question=question.index, value=value, created_s=time.monotonic(), attempts=1
    )
    client.outbox.add(sent)
    lies = {
        "id": sent.id,
        "question": sent.question,
        "value": msgspec.to_builtins(value),
        "received_at_ms": question.opened_at_ms,
        "elapsed_ms": 0,
        "time": "1970-01-01T00:00:00Z",
    }
    url = f"{world.addresses.gateway_urls[0]}/api/sessions/{world.session.session_id}/answers"
    headers = {**_HEADERS, "authorization": f"Bearer {client.joined.token}"}
    async with world.http.post(url, json=lies, headers=headers) as response:
        if response.status == 202:
            client.outbox.acknowledge(sent.id, time.monotonic())


async def _check(world: World) -> list[str]:
    """What counts is the time that passed."""
    [liar] = evidence_by(world, NICKNAME)
    elapsed = [
        event.data.elapsed_ms
        for event in world.events
        if isinstance(event.data, AnswerAccepted) and event.data.player_id == liar.player_id
    ]
    if not elapsed:
        return ["expected answers of the liar, got none"]
    return [
        f"the liar: expected at least {_AFTER_S * 1000:g} ms to count, got {ms}"
        for ms in elapsed
        if ms < _AFTER_S * 1000
    ]


LIAR = Fault(
    name="liar",
    done="a client says that it answered at the opening",
    holds="the time that passed counts",
    acts=(_lie,),
    checks=(_check,),
)
