"""Resuming (I4): after a gap the exact missing messages or one snapshot, and never a step back."""

from gateway.feed.ring import MOST_MESSAGES
from tests.story import ADA, FIRST_CLOSED, FIRST_OPEN, LOBBY, SESSION_ID, seed
from tests.unit.gateway.stage import Running, Stage, until


async def test_resume_within_recent_messages_gets_exactly_the_missing_ones(stage: Stage, gateway: Running) -> None:
    """The gateway remembers them itself."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    first = await gateway.follow(code=LOBBY.code)
    seq = (await first.hear())["seq"]
    for players in range(3, 8):
        await stage.put_lobby(players)
    while (await first.hear())["lobby"]["players"] != 7:
        pass
    second = await gateway.follow(code=LOBBY.code, last_seq=seq + 2)
    missed = [await second.hear() for _ in range(3)]
    assert [(message["type"], message["seq"]) for message in missed] == [
        ("lobby", seq + 3),
        ("lobby", seq + 4),
        ("lobby", seq + 5),
    ]


async def test_resume_at_another_gateway_gets_the_missing_messages_from_the_feed(stage: Stage) -> None:
    """The other gateway was not there when they were sent."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    for players in range(3, 8):
        await stage.put_lobby(players)
    state = await stage.system.feed.state(SESSION_ID)
    assert state is not None
    other = await stage.start("gateway-1")
    client = await other.follow(token=stage.token(ADA), last_seq=state.seq - 2)
    assert [(await client.hear())["seq"] for _ in range(2)] == [state.seq - 1, state.seq]


async def test_resume_with_nothing_missed_gets_one_snapshot(stage: Stage, gateway: Running) -> None:
    """So that a client hears at once that it is back, with its own place."""
    await seed(stage.system, session=LOBBY)
    seq = await stage.put_session(LOBBY)
    client = await gateway.follow(token=stage.token(ADA), last_seq=seq)
    snapshot = await client.hear()
    assert (snapshot["type"], snapshot["seq"]) == ("snapshot", seq)
    assert snapshot["me"]["player_id"] == ADA.id


async def test_resume_from_before_all_that_is_kept_gets_one_snapshot(stage: Stage, gateway: Running) -> None:
    """Never a part of what is missing."""
    await seed(stage.system, session=LOBBY)
    seq = await stage.put_session(LOBBY)
    assert seq is not None
    for players in range(3, 1_200):
        await stage.put_lobby(players)
    client = await gateway.follow(code=LOBBY.code, last_seq=seq)
    snapshot = await client.hear()
    assert snapshot["type"] == "snapshot"
    assert snapshot["lobby"]["players"] == 1_199


async def test_resume_over_more_than_fits_a_write_gets_one_snapshot(stage: Stage, gateway: Running) -> None:
    """A long gap is cheaper as a snapshot than as hundreds of messages."""
    await seed(stage.system, session=LOBBY)
    seq = await stage.put_session(LOBBY)
    assert seq is not None
    for version in range(1, 900):
        await stage.put_leaderboard(version)
    client = await gateway.follow(code=LOBBY.code, last_seq=seq)
    snapshot = await client.hear()
    assert (snapshot["type"], snapshot["leaderboard"]["version"]) == ("snapshot", 899)


async def test_resume_from_a_number_that_no_feed_has_reached_gets_one_snapshot(
    stage: Stage, gateway: Running
) -> None:
    """A client that lies about its number harms nobody, not even itself."""
    await seed(stage.system, session=LOBBY)
    seq = await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code, last_seq=2**60)
    assert (await client.hear())["seq"] == seq


async def test_resume_of_a_client_that_is_further_than_the_gateway_waits_for_the_gateway(
    stage: Stage, gateway: Running
) -> None:
    """A number never goes back, also when this gateway's channel was cut."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    first = await gateway.follow(code=LOBBY.code)
    await first.hear_type("snapshot")
    await stage.system.registry.release("gateway-0", [SESSION_ID])  # its messages are lost from here on
    await stage.put_lobby(3)
    seq = await stage.put_lobby(4)
    second = await gateway.follow(code=LOBBY.code, last_seq=seq)
    snapshot = await second.hear()
    assert (snapshot["seq"], snapshot["lobby"]["players"]) == (seq, 4)
    assert (await first.hear())["lobby"]["players"] == 3
    assert (await first.hear())["lobby"]["players"] == 4


async def test_a_gap_on_the_channel_is_filled_exactly_from_the_feed(stage: Stage, gateway: Running) -> None:
    """A message that the channel lost is fetched before the next one is passed on."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    seq = (await client.hear())["seq"]
    await stage.system.registry.release("gateway-0", [SESSION_ID])
    await stage.put_lobby(3)
    await stage.put_lobby(4)
    await stage.system.registry.hold("gateway-0", SESSION_ID)
    await stage.put_lobby(5)
    assert [(await client.hear())["seq"] for _ in range(3)] == [seq + 1, seq + 2, seq + 3]


async def test_a_message_lost_without_a_sign_reaches_a_quiet_session(stage: Stage, gateway: Running) -> None:
    """Every client ends on the feed's last number, even when nothing comes after the lost message."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    await client.hear_type("snapshot")
    await stage.system.registry.release("gateway-0", [SESSION_ID])
    await stage.put_lobby(3)
    assert (await client.hear())["lobby"]["players"] == 3


async def test_a_new_epoch_of_the_feed_gives_everybody_one_snapshot(stage: Stage, gateway: Running) -> None:
    """Redis was wiped: numbers jump ahead, and what lies between cannot be had."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    before = await client.hear()
    stage.system.redis.wipe()
    await stage.system.registry.hold("gateway-0", SESSION_ID)
    seq = await stage.put_session(FIRST_OPEN)
    after = await client.hear()
    assert after["type"] == "snapshot"
    assert after["seq"] == seq
    assert after["seq"] > before["seq"]
    assert after["session"]["phase"] == "question_open"


async def test_a_message_older_than_a_shown_state_does_not_take_the_screen_back(
    stage: Stage, gateway: Running
) -> None:
    """A snapshot from the database may be ahead of the feed; the late event then shows what is known already."""
    await seed(stage.system, session=FIRST_CLOSED)
    client = await gateway.follow(code=LOBBY.code)
    assert (await client.hear())["session"]["version"] == FIRST_CLOSED.version
    await stage.put_session(LOBBY)
    message = await client.hear()
    assert message["session"]["version"] == FIRST_CLOSED.version


async def test_messages_beyond_the_ring_are_still_contiguous_for_a_live_client(
    stage: Stage, gateway: Running
) -> None:
    """A burst larger than all that the gateway remembers skips nothing for who keeps up."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    seq = (await client.hear())["seq"]
    for players in range(3, MOST_MESSAGES + 100):
        await stage.put_lobby(players)
    last = 0
    while last != MOST_MESSAGES + 99:
        message = await client.hear()
        if message["type"] == "lobby":
            assert message["seq"] == seq + 1
        seq, last = message["seq"], message["lobby"]["players"]


async def test_a_session_that_everybody_left_can_be_followed_again(stage: Stage, gateway: Running) -> None:
    """The hub that is kept for those who come back goes on where it was."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    client = await gateway.follow(code=LOBBY.code)
    seq = (await client.hear())["seq"]
    await client.socket.close()
    await until(lambda: not any(hub.connections for hub in gateway.gateway.hubs.all()))
    await stage.put_lobby(3)
    again = await gateway.follow(code=LOBBY.code, last_seq=seq)
    assert (await again.hear())["seq"] == seq + 1
