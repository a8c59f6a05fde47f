"""A gateway among its parts and siblings: parts go away and come back, Redis is emptied, gateways come and go."""

import asyncio
import signal

from gateway.app import Gateway, Options
from gateway.readiness import Readiness
from gateway.server import GatewayServer
from gateway.supervision import Supervisor
from shared.adapters.guest_hosts import GuestHosts
from shared.adapters.memory import Part
from shared.domain.session import Command
from shared.events import catalog
from shared.ports.deadlines import Deadline
from tests.story import ADA, FIRST_OPEN, GRACE, LOBBY, SESSION_ID, seed
from tests.unit.gateway.stage import SECRET, Client, Running, Stage, ports_of, until


async def _status(gateway: Running, path: str) -> int:
    async with gateway.http.get(gateway.url + path) as response:
        return response.status


async def test_two_gateways_show_the_same_feed(stage: Stage, gateway: Running) -> None:
    """Side by side from the start."""
    other = await stage.start("gateway-1")
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    ada = await gateway.follow(token=stage.token(ADA))
    grace = await other.follow(token=stage.token(GRACE))
    numbers = {(await client.hear())["seq"] for client in (ada, grace)}
    await stage.put_lobby(3)
    numbers |= {(await client.hear())["seq"] for client in (ada, grace)}
    assert len(numbers) == 2


async def test_a_player_of_a_gateway_that_ended_resumes_at_the_other(stage: Stage, gateway: Running) -> None:
    """Exactly what was missed meanwhile."""
    other = await stage.start("gateway-1")
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    ada = await gateway.follow(token=stage.token(ADA))
    seq = (await ada.hear())["seq"]
    await gateway.stop()
    await stage.put_lobby(3)
    again = await other.follow(token=stage.token(ADA), last_seq=seq)
    assert (await again.hear())["seq"] == seq + 1


async def test_a_gateway_that_shuts_down_sends_everybody_away_with_the_restart_code(stage: Stage) -> None:
    """1012 tells a client to come back at once; the registry forgets the gateway; the process can end with 0."""
    await seed(stage.system, session=LOBBY)
    gateway = Gateway(
        ports_of(stage.system, identity_provider=GuestHosts()),
        Options(gateway_id="gateway-9", token_secret=SECRET),
    )
    server = GatewayServer(gateway, host="127.0.0.1", port=0)
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    clients = []
    for _ in range(5):
        client = Client(await stage.http.ws_connect(f"{url}/ws"))
        await client.say(type="hello", code=LOBBY.code)
        await client.hear_type("snapshot")
        clients.append(client)
    silent = Client(await stage.http.ws_connect(f"{url}/ws"))
    server.handle_exit(signal.SIGTERM, None)
    assert [await client.close_code() for client in [*clients, silent]] == [1012] * 6
    await serving
    assert stage.system.redis.holders(SESSION_ID) == []


async def test_a_draining_gateway_takes_nobody_new_and_is_not_ready(stage: Stage, gateway: Running) -> None:
    """Traffic goes elsewhere while the last ones leave."""
    await until(lambda: not gateway.gateway.readiness.problems())
    await gateway.gateway.drain()
    assert await _status(gateway, "/readyz") == 503
    assert await _status(gateway, "/healthz") == 200
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    headers["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    async with gateway.http.get(f"{gateway.url}/ws", headers=headers) as response:
        assert response.status == 403


async def test_messages_sent_while_the_channel_was_broken_reach_everybody(stage: Stage, gateway: Running) -> None:
    """Redis away and back: the feed is asked for what the channel lost."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    seq = (await client.hear())["seq"]
    stage.system.redis.go_away()
    await until(lambda: not stage.system.redis.channels["gateway-0"])
    stage.system.redis.come_back()
    await stage.put_lobby(3)
    await stage.put_lobby(4)
    assert [(await client.hear())["seq"] for _ in range(2)] == [seq + 1, seq + 2]


async def test_redis_emptied_is_noticed_and_put_back(stage: Stage, gateway: Running) -> None:
    """The session is held again, its deadline stands again, and the functions are asked for their share."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    before = await client.hear()
    stage.system.redis.wipe()
    await until(lambda: bool(stage.system.publisher.events))
    (event,) = stage.system.publisher.events
    assert (event.type, event.subject) == (catalog.SESSION_REBUILD_REQUESTED, SESSION_ID)
    closing = Deadline(SESSION_ID, FIRST_OPEN.version, Command.CLOSE)
    assert closing in stage.system.redis.contents.deadlines
    assert stage.system.redis.holders(SESSION_ID) == ["gateway-0"]
    await stage.put_session(FIRST_OPEN)
    after = await client.hear()
    assert after["type"] == "snapshot"
    assert after["seq"] > before["seq"]


async def test_a_rebuild_that_kafka_did_not_take_is_asked_for_again(stage: Stage, gateway: Running) -> None:
    """What failed half-way is done at the next heartbeat."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear()
    await until(lambda: stage.system.faults.calls.count("MemoryRegistry.heartbeat") > 1)
    stage.system.faults.away.add(Part.KAFKA)
    stage.system.redis.wipe()
    await until(lambda: "MemoryPublisher.publish" in stage.system.faults.calls)
    assert stage.system.publisher.events == []
    stage.system.faults.away.clear()
    await until(lambda: bool(stage.system.publisher.events))


async def test_two_gateways_ask_for_one_rebuild(stage: Stage, gateway: Running) -> None:
    """The same session and the same loss make the same event."""
    other = await stage.start("gateway-1")
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    for running in (gateway, other):
        await (await running.follow(code=FIRST_OPEN.code)).hear_type("snapshot")
    beats = stage.system.faults.calls.count
    await until(lambda: beats("MemoryRegistry.heartbeat") > 4)
    stage.system.redis.wipe()
    await until(lambda: len(stage.system.publisher.events) == 2)
    assert len({event.id for event in stage.system.publisher.events}) == 1


async def test_a_hello_while_redis_is_away_is_postponed(stage: Stage, gateway: Running) -> None:
    """The client is told that trying again helps, and it does."""
    await seed(stage.system, session=LOBBY)
    stage.system.redis.go_away()
    client = await gateway.follow(token=stage.token(ADA))
    error = await client.hear()
    assert (error["code"], error["retry"]) == ("unavailable", True)
    assert await client.close_code() == 1013
    stage.system.redis.come_back()
    again = await gateway.follow(token=stage.token(ADA))
    assert (await again.hear())["type"] == "snapshot"


async def test_a_gateway_that_is_cut_off_sends_everybody_away_and_takes_nobody(stage: Stage) -> None:
    """Not at the first missed answer; and when the part is back, so are they."""
    cut_off = await stage.start("gateway-0", lately_s=0.4)
    await seed(stage.system, session=LOBBY)
    client = await cut_off.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    stage.system.redis.go_away()
    assert await client.close_code() == 1013
    again = await cut_off.follow(token=stage.token(ADA))
    assert (await again.hear())["code"] == "unavailable"
    assert await again.close_code() == 1013
    stage.system.redis.come_back()
    await until(lambda: not cut_off.gateway.readiness.problems())
    back = await cut_off.follow(token=stage.token(ADA))
    assert (await back.hear())["type"] == "snapshot"


async def test_an_answer_while_kafka_is_away_is_not_acknowledged(stage: Stage, gateway: Running) -> None:
    """No ack without durability; sent again under its id, it is taken."""
    await seed(stage.system, session=FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    stage.system.faults.away.add(Part.KAFKA)
    await client.say(type="answer", id="first", question=0, value={"choices": [1]})
    error = await client.hear()
    assert (error["type"], error["id"], error["retry"]) == ("error", "first", True)
    stage.system.faults.away.clear()
    await client.say(type="answer", id="first", question=0, value={"choices": [1]})
    assert (await client.hear())["type"] == "ack"


async def test_readyz_says_ready_once_every_part_answered(gateway: Running) -> None:
    """And every loop runs."""
    await until(lambda: not gateway.gateway.readiness.problems())
    assert await _status(gateway, "/readyz") == 200


async def test_readiness_names_the_part_that_has_not_answered_lately(stage: Stage) -> None:
    """One missed answer is not an outage, silence is."""

    async def ask() -> None:
        await stage.system.registry.heartbeat("gateway-0", {})

    readiness = Readiness(probes={"redis": ask}, supervisor=Supervisor(), lately_s=0.05)
    await readiness.probe()
    assert readiness.problems() == []
    stage.system.redis.go_away()
    await readiness.probe()
    await until(lambda: readiness.problems() == ["redis away"])
    stage.system.redis.come_back()
    await readiness.probe()
    assert readiness.problems() == []


async def test_metrics_count_the_open_connections(stage: Stage, gateway: Running) -> None:
    """The gauge that the gateway scales on."""
    await seed(stage.system, session=LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    await client.hear_type("snapshot")
    async with gateway.http.get(f"{gateway.url}/metrics") as response:
        assert "quizline_gateway_connections 1\n" in await response.text()
