"""Clients that break the protocol, flood, or stop reading: the right close code, and nobody else notices."""

import json

import pytest

from gateway.inbox import MOST_MISTAKES
from knative.local.chaos.raw_socket import BINARY, PING, TEXT, RawSocket, frame, raw_socket
from shared.protocol import MAX_FRAME_BYTES
from tests.story import ADA, FIRST_OPEN, GRACE, LOBBY, seed
from tests.unit.gateway.stage import Running, Stage, until


async def _greeted(stage: Stage, gateway: Running, *, receive_buffer: int | None = None) -> RawSocket:
    """Ada, with her snapshot read."""
    enemy = await raw_socket(gateway.url, receive_buffer=receive_buffer)
    stage.stack.callback(enemy.close)
    await enemy.hello(token=stage.token(ADA))
    assert (await enemy.message())["type"] == "snapshot"
    return enemy


@pytest.mark.parametrize(
    ("bytes_sent", "close_code"),
    [
        (frame(b"x" * (MAX_FRAME_BYTES + 1)), 1009),
        (frame(b"x" * 200_000), 1009),
        (frame(b"x" * 3_000, fin=False) + frame(b"x" * 3_000, opcode=0), 1009),
        (frame(b'{"type":"ping","id":"\xff"}'), 1007),
        (frame(b'"\xc3', fin=False) + frame(b'"', opcode=0), 1007),
        (frame(b"{}", masked=False), 1002),
        (frame(b"{}", opcode=3), 1002),
        (frame(b"{}", opcode=0), 1002),
        (frame(b"x" * 126, opcode=PING), 1002),
        (frame(b"{}", opcode=BINARY), 1003),
        (frame(b"", fin=False) + 100 * frame(b"", opcode=0, fin=False), 1008),
        (500 * frame(b'{"type":"ping"}'), 1008),
    ],
    ids=[
        "a message over the limit",
        "a huge message",
        "a fragmented message over the limit",
        "bad UTF-8",
        "bad UTF-8 over two fragments",
        "an unmasked frame",
        "a reserved opcode",
        "a continuation of nothing",
        "a control frame too long",
        "a binary message",
        "fragments without end",
        "more messages at once than anybody sends",
    ],
)
async def test_a_frame_that_breaks_the_protocol_closes_its_own_connection_only(
    stage: Stage, gateway: Running, bytes_sent: bytes, close_code: int
) -> None:
    """Each offence has its close code; the player beside it goes on."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    bystander = await gateway.follow(token=stage.token(GRACE))
    await bystander.hear_type("snapshot")
    enemy = await _greeted(stage, gateway)
    enemy.writer.write(bytes_sent)
    assert await enemy.close_code() == close_code
    enemy.close()
    await stage.put_lobby(3)
    assert (await bystander.hear())["lobby"]["players"] == 3


async def test_a_message_nested_too_deeply_is_answered_like_any_that_is_none(
    stage: Stage, gateway: Running
) -> None:
    """Four kilobytes hold more brackets than a parser may follow: before hello and after it, no crash."""
    await seed(stage.system, session=FIRST_OPEN)
    nested = '{"type":"ping","x":' + "[" * 4_000
    stranger = await gateway.connect()
    await stranger.socket.send_str(nested)
    assert (await stranger.hear())["code"] == "hello_expected"
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    await client.socket.send_str(nested)
    assert (await client.hear())["code"] == "message_invalid"


async def test_a_text_that_is_no_message_is_answered_with_what_was_expected(
    stage: Stage, gateway: Running
) -> None:
    """A developer's mistake is explained, not punished."""
    await seed(stage.system, session=FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    await client.socket.send_str('{"type":"answer","id":"a","question":-1,"value":{}}')
    error = await client.hear()
    assert (error["type"], error["code"]) == ("error", "message_invalid")
    assert "question" in error["message"]
    await client.say(type="ping", id="still here")
    assert (await client.hear())["type"] == "pong"


async def test_a_second_hello_is_answered_with_an_error(stage: Stage, gateway: Running) -> None:
    """Who a connection belongs to never changes."""
    await seed(stage.system, session=FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    await client.say(type="hello", token=stage.token(GRACE))
    assert (await client.hear())["code"] == "hello_repeated"


async def test_a_flood_of_messages_is_limited_then_closed(stage: Stage, gateway: Running) -> None:
    """100 messages a second from one client: the first ones count, then each is refused, then it is out."""
    await seed(stage.system, session=FIRST_OPEN)
    client = await gateway.follow(token=stage.token(ADA))
    await client.hear_type("snapshot")
    kinds = []
    for number in range(200):
        await client.say(type="ping", id=str(number))
        message = await client.hear()
        kinds.append(message.get("code", message["type"]))
        if len(kinds) - kinds.count("pong") > MOST_MISTAKES:
            break
    assert kinds[:20] == ["pong"] * 20
    assert kinds.count("rate_limited") > MOST_MISTAKES
    assert await client.close_code() == 1008


async def test_texts_that_are_no_messages_without_end_close_the_connection(stage: Stage, gateway: Running) -> None:
    """Whoever sends nothing but rubbish is no client of ours."""
    await seed(stage.system, session=FIRST_OPEN)
    enemy = await _greeted(stage, gateway)
    for _ in range(MOST_MISTAKES + 1):
        await enemy.send(b"[]")
        opcode, payload = await enemy.frame()
        assert opcode == TEXT
        assert json.loads(payload)["type"] == "error"
    assert await enemy.close_code() == 1008


async def test_pings_without_reading_the_pongs_end_the_connection(stage: Stage, gateway: Running) -> None:
    """What waits to be sent is bounded for control frames too."""
    await seed(stage.system, session=FIRST_OPEN)
    enemy = await _greeted(stage, gateway, receive_buffer=4_096)
    (hub,) = gateway.gateway.hubs.all()
    pings = 200 * frame(b"x" * 125, opcode=PING)
    most_buffered = 0
    while hub.connections:
        for connection in hub.connections:
            most_buffered = max(most_buffered, connection.socket.buffered())
        enemy.writer.write(pings)
        try:
            await enemy.writer.drain()
        except ConnectionError:
            break
    await until(lambda: not hub.connections)
    assert most_buffered < 512 * 1_024


async def test_a_client_that_stops_reading_is_conflated_and_gets_one_snapshot_when_it_reads_again(
    stage: Stage, gateway: Running
) -> None:
    """Behind means: nothing but one snapshot of the newest state; the client beside it gets every number."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    bystander = await gateway.follow(token=stage.token(GRACE))
    seq = (await bystander.hear())["seq"]
    slow = await _greeted(stage, gateway, receive_buffer=4_096)
    (hub,) = gateway.gateway.hubs.all()
    version = 2
    while not any(connection.state.value == "behind" for connection in hub.connections):
        version += 1
        await stage.put_lobby(version, shown=50)
        seq += 1
        assert (await bystander.hear())["seq"] == seq
    buffered = max(connection.socket.buffered() for connection in hub.connections)
    assert buffered < 80 * 1_024
    for _ in range(100):
        version += 1
        await stage.put_lobby(version, shown=50)
        seq += 1
        assert (await bystander.hear())["seq"] == seq
    assert max(connection.socket.buffered() for connection in hub.connections) <= buffered
    await _reads_on_until(slow, seq)


async def _reads_on_until(slow: RawSocket, last_seq: int) -> None:
    """Contiguous numbers, then exactly one jump, by a snapshot, to the newest."""
    seq = -1
    jumps = 0
    while seq != last_seq:
        message = await slow.message()
        if message["type"] == "snapshot":
            jumps += 1
            assert message["seq"] > seq
        elif seq != -1:
            assert message["seq"] == seq + 1
        seq = message["seq"]
    assert jumps == 1


async def test_a_client_that_never_reads_again_is_closed(stage: Stage) -> None:
    """After a while behind, its place is given up, and its memory with it."""
    gateway = await stage.start(behind_at_most_s=0.5)
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    bystander = await gateway.follow(token=stage.token(GRACE))
    seq = (await bystander.hear())["seq"]
    await _greeted(stage, gateway, receive_buffer=4_096)
    (hub,) = gateway.gateway.hubs.all()
    version = 2
    while len(hub.connections) == 2:
        version += 1
        await stage.put_lobby(version, shown=50)
        seq += 1
        assert (await bystander.hear())["seq"] == seq
    assert gateway.gateway.websocket.connections == 1


async def test_a_message_before_hello_is_refused_with_its_code(gateway: Running) -> None:
    """The first message says who is there."""
    client = await gateway.connect()
    await client.say(type="ping", id="1")
    error = await client.hear()
    assert (error["code"], error["message"]) == ("hello_expected", "expected hello first, got ping")
    assert await client.close_code() == 4000


async def test_a_client_that_says_nothing_is_closed(stage: Stage) -> None:
    """An open socket costs memory; it must be for something."""
    gateway = await stage.start(hello_within_s=0.1)
    client = await gateway.connect()
    assert (await client.hear())["code"] == "hello_expected"
    assert await client.close_code() == 4000


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
async def test_a_token_that_nobody_signed_is_refused_with_one_message(gateway: Running, token: str) -> None:
    """Whatever is wrong with it."""
    client = await gateway.follow(token=token)
    error = await client.hear()
    assert (error["code"], error["message"]) == ("token_invalid", "expected a valid token of this session")
    assert await client.close_code() == 4001


async def test_an_unknown_code_is_refused_and_guessing_is_limited(stage: Stage, gateway: Running) -> None:
    """Codes are short: who tries many is told nothing any more."""
    await seed(stage.system, session=LOBBY)
    codes = []
    for _ in range(101):
        client = await gateway.follow(code="AAAAAA")
        codes.append((await client.hear())["code"])
        codes.append(await client.close_code())
    assert codes == ["session_unknown", 4004] * 100 + ["rate_limited", 1013]
    guessed = await gateway.follow(code=LOBBY.code)
    assert (await guessed.hear())["code"] == "rate_limited"


@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.example", 403), ("null", 403), ("https://quiz.example", 101)]
)
async def test_a_page_of_another_origin_may_open_a_socket_only_if_it_is_listed(
    stage: Stage, origin: str, status: int
) -> None:
    """A browser tells where a page is from; any other client leaves it out."""
    gateway = await stage.start(allowed_origins=("https://quiz.example",))
    async with stage.http.get(f"{gateway.url}/ws", headers={**_UPGRADE, "Origin": origin}) as response:
        assert response.status == status


async def test_a_page_of_this_host_may_open_a_socket(stage: Stage, gateway: Running) -> None:
    """The pages that the gateway itself serves."""
    headers = {**_UPGRADE, "Origin": gateway.url}
    async with stage.http.get(f"{gateway.url}/ws", headers=headers) as response:
        assert response.status == 101


_UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


async def test_an_answer_from_a_viewer_is_refused(stage: Stage, gateway: Running) -> None:
    """Only players answer."""
    await seed(stage.system, session=FIRST_OPEN)
    viewer = await gateway.follow(code=FIRST_OPEN.code)
    await viewer.hear_type("snapshot")
    await viewer.say(type="answer", id="a", question=0, value={"choices": [1]})
    error = await viewer.hear()
    assert (error["code"], error["id"], error["retry"]) == ("token_invalid", "a", False)
    assert stage.system.publisher.events == []
