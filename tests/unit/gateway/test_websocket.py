"""The WebSocket: hello, snapshot, feed, answers."""

from shared.events.payloads import AnswerSubmitted
from tests.story import ADA, FIRST_OPEN, LOBBY, SESSION_ID, seed
from tests.unit.gateway.stage import Running, Stage, until


async def test_hello_of_a_player_without_any_feed_gets_a_snapshot_from_the_stores(
    stage: Stage, gateway: Running
) -> None:
    """A session whose events have not come through yet is shown all the same."""
    await seed(stage.system, session=LOBBY)
    client = await gateway.follow(token=stage.token(ADA))
    snapshot = await client.hear()
    assert snapshot["type"] == "snapshot"
    assert snapshot["seq"] == 0
    assert snapshot["role"] == "player"
    assert snapshot["code"] == LOBBY.code
    assert snapshot["session"]["phase"] == "lobby"
    assert snapshot["lobby"]["players"] == 2
    assert snapshot["leaderboard"]["version"] == 0
    assert snapshot["me"]["nickname"] == "Ada"


async def test_a_connection_gets_every_number_of_the_feed_in_order(stage: Stage, gateway: Running) -> None:
    """I4: contiguous from the snapshot on."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    snapshot = await client.hear()
    for players in range(3, 20):
        await stage.put_lobby(players)
    numbers = [(await client.hear())["seq"] for _ in range(3, 20)]
    assert numbers == list(range(snapshot["seq"] + 1, snapshot["seq"] + 18))


async def test_an_answer_is_acknowledged_after_it_was_published(stage: Stage, gateway: Running) -> None:
    """The ack says that the answer cannot be lost any more."""
    await seed(stage.system, session=FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    await client.say(type="answer", id="first", question=0, value={"choices": [1]})
    assert await client.hear() == {"type": "ack", "id": "first", "question": 0}
    (event,) = stage.system.publisher.events
    assert event.subject == SESSION_ID
    assert isinstance(event.data, AnswerSubmitted)
    assert event.data.player_id == ADA.id


async def test_a_closed_connection_leaves_its_hub(stage: Stage, gateway: Running) -> None:
    """Nothing is kept of a client that went away."""
    await seed(stage.system, session=LOBBY)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    await client.socket.close()
    (hub,) = gateway.gateway.hubs.all()
    await until(lambda: not hub.connections)
