"""Reactions: counted for a tick, told to who looks on at every gateway, kept nowhere."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from gateway.connections.socket import DRAINED_BYTES
from gateway.feed.reactions import Reactions
from shared.adapters.memory import Part
from shared.domain.reactions import Reaction
from shared.domain.session import Session
from tests.story import ADA, FINISHED, FIRST_BOARD, FIRST_CLOSED, FIRST_OPEN, GRACE, LOBBY, seed
from tests.unit.gateway.stage import Client, Running, Stage, until


def reacting(session: Session) -> Session:
    return replace(session, settings=replace(session.settings, reactions=True))


async def follower(running: Running, **hello: str) -> Client:
    client = await running.follow(**hello)
    await client.hear_type("snapshot")
    return client


async def reactions_of(client: Client, *, players: int) -> Counter[str]:
    """Of so many, in however many ticks they come; and no other message."""
    counts: Counter[str] = Counter()
    while counts.total() < players:
        message = await client.hear()
        assert message.keys() == {"type", "counts"}
        counts.update(message["counts"])
    return counts


@pytest.mark.parametrize(
    "session",
    [LOBBY, FIRST_CLOSED, FIRST_BOARD, FINISHED],
    ids=lambda session: session.phase,
)
async def test_reaction_between_questions_reaches_who_looks_on_at_every_gateway_and_no_player(
    stage: Stage, gateway: Running, session: Session
) -> None:
    """Summed up for the half second; nothing says whose they were, and nothing has a number."""
    other = await stage.start("gateway-1")
    await seed(stage.system, session=reacting(session))
    wall = await follower(gateway, code=LOBBY.code)
    host = await follower(other, token=stage.host_token())
    ada = await follower(other, token=stage.token(ADA))
    grace = await follower(other, token=stage.token(GRACE))
    await ada.say(type="react", reaction="bravo")
    await grace.say(type="react", reaction="bravo")
    assert await reactions_of(wall, players=2) == {"bravo": 2}
    assert await reactions_of(host, players=2) == {"bravo": 2}
    await ada.say(type="ping", id="after")
    assert (await ada.hear())["type"] == "pong"


async def test_reactions_of_one_connection_count_once_a_tick(stage: Stage, gateway: Running) -> None:
    """Whoever drums is no louder than the others."""
    await seed(stage.system, session=reacting(LOBBY))
    wall = await follower(gateway, code=LOBBY.code)
    (hub,) = gateway.gateway.hubs.all()
    await follower(gateway, token=stage.token(ADA))
    (ada,) = [connection for connection in hub.connections if connection.identity.player_id]
    reactions = Reactions(hubs=gateway.gateway.hubs, feed=stage.system.feed, tick_s=0.0)
    running = asyncio.create_task(reactions.run())
    for kind in (Reaction.HEART, Reaction.HEART, Reaction.LAUGH):
        assert reactions.take(ada, kind)
    assert await wall.hear() == {"type": "reactions", "counts": {"heart": 1}}
    assert reactions.take(ada, Reaction.LAUGH)
    assert await wall.hear() == {"type": "reactions", "counts": {"laugh": 1}}
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize(
    "session", [LOBBY, reacting(FIRST_OPEN)], ids=["a session without them", "a question is open"]
)
async def test_reaction_that_is_not_taken_is_answered_with_a_stable_code(
    stage: Stage, gateway: Running, session: Session
) -> None:
    """It may have crossed with the next question, so it is no mistake that closes a connection."""
    await seed(stage.system, session=session)
    ada = await follower(gateway, token=stage.token(ADA))
    await ada.say(type="react", reaction="wow")
    error = await ada.hear()
    assert (error["type"], error["code"]) == ("error", "reactions_not_open")
    (hub,) = gateway.gateway.hubs.all()
    assert [connection.mistakes for connection in hub.connections] == [0]


async def test_reaction_of_who_does_not_play_is_refused(stage: Stage, gateway: Running) -> None:
    """Who watches by the code proves no place in the session."""
    await seed(stage.system, session=reacting(LOBBY))
    wall = await follower(gateway, code=LOBBY.code)
    await wall.say(type="react", reaction="wow")
    assert (await wall.hear())["code"] == "token_invalid"


async def test_reaction_that_is_none_of_the_set_is_no_message(stage: Stage, gateway: Running) -> None:
    """There is no way to say a word."""
    await seed(stage.system, session=reacting(LOBBY))
    ada = await follower(gateway, token=stage.token(ADA))
    await ada.say(type="react", reaction="you are stupid")
    assert (await ada.hear())["code"] == "message_invalid"


async def test_reactions_while_redis_is_away_are_lost_and_later_ones_come(stage: Stage, gateway: Running) -> None:
    """They cost nobody anything: the connection stays, nothing is repeated."""
    await seed(stage.system, session=reacting(LOBBY))
    wall = await follower(gateway, code=LOBBY.code)
    ada = await follower(gateway, token=stage.token(ADA))
    calls = stage.system.faults.calls
    stage.system.faults.away.add(Part.REDIS)
    await ada.say(type="react", reaction="wow")
    await until(lambda: "MemoryFeed.send_reactions" in calls)
    stage.system.faults.away.discard(Part.REDIS)
    await ada.say(type="react", reaction="bravo")
    assert (await wall.hear_type("reactions"))["counts"] == {"bravo": 1}


async def test_reactions_are_dropped_for_who_does_not_keep_up(stage: Stage, gateway: Running) -> None:
    """Nothing waits for a slow wall, and it gets its snapshot all the same."""
    await seed(stage.system, session=reacting(LOBBY))
    await follower(gateway, code=LOBBY.code)
    (hub,) = gateway.gateway.hubs.all()
    (slow,) = hub.connections
    await until(lambda: not slow.socket.buffered())
    while slow.socket.buffered() <= DRAINED_BYTES:
        slow.socket.write(b"\x81\x7e\x40\x00" + b" " * 16_384)
    buffered = slow.socket.buffered()
    slow.offer(b"\x81\x02{}")
    assert slow.socket.buffered() == buffered
