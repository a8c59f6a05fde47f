"""Resuming when the feed is gone: Redis was emptied, and the gateway that comes next knows nothing of it."""

from shared.events import catalog
from tests.story import ADA, FIRST_CLOSED, LOBBY, SESSION_ID, seed
from tests.unit.gateway.stage import Stage, until


async def test_resume_after_a_wipe_at_a_new_gateway_never_gets_a_lower_number(stage: Stage) -> None:
    """The snapshot comes from the database under the client's own number; the next feed's numbers are higher."""
    await seed(stage.system, session=LOBBY)
    seq = await stage.put_session(LOBBY)
    assert seq is not None
    stage.system.redis.wipe()
    gateway = await stage.start("gateway-1")
    client = await gateway.follow(code=LOBBY.code, last_seq=seq)
    snapshot = await client.hear()
    assert (snapshot["type"], snapshot["seq"]) == ("snapshot", seq)
    rebuilt = await stage.put_session(LOBBY)
    assert rebuilt is not None
    again = await client.hear()
    assert (again["type"], again["seq"]) == ("snapshot", rebuilt)
    assert rebuilt > seq


async def test_session_under_way_whose_feed_is_gone_is_rebuilt_by_the_gateway_that_opens_it(stage: Stage) -> None:
    """The system was down and is up again, or Redis and every gateway died together: nobody saw the wipe, and
    until the next score nothing else would bring the board, and with it everybody's own points, back."""
    await seed(stage.system, session=FIRST_CLOSED)
    gateway = await stage.start("gateway-1")
    await (await gateway.follow(token=stage.token(ADA))).hear_type("snapshot")
    await until(lambda: bool(stage.system.publisher.events))
    beats = stage.system.faults.calls.count("MemoryRegistry.heartbeat")
    await until(lambda: stage.system.faults.calls.count("MemoryRegistry.heartbeat") > beats + 1)
    (event,) = stage.system.publisher.events
    assert (event.type, event.subject) == (catalog.SESSION_REBUILD_REQUESTED, SESSION_ID)


async def test_lobby_without_a_feed_is_only_new(stage: Stage) -> None:
    """A host is often faster than the session's first message."""
    await seed(stage.system, session=LOBBY)
    gateway = await stage.start("gateway-1")
    await (await gateway.follow(code=LOBBY.code)).hear_type("snapshot")
    beats = stage.system.faults.calls.count("MemoryRegistry.heartbeat")
    await until(lambda: stage.system.faults.calls.count("MemoryRegistry.heartbeat") > beats + 2)
    assert stage.system.publisher.events == []
