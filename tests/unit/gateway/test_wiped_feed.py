"""Resuming when the feed is gone: Redis was emptied, and the gateway that comes next knows nothing of it."""

from tests.story import LOBBY, seed
from tests.unit.gateway.stage import Stage


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
