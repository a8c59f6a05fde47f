"""Who may join a session by name, and who is in it."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain.player import Player
from shared.domain.session import Session
from shared.domain.settings import NicknameRule, Settings
from shared.domain.teams import TeamChoice
from tests.story import ADA, GRACE, LOBBY, SESSION_ID, seed
from tests.unit.gateway.author import Author
from tests.unit.gateway.stage import Running, Stage

ROSTER = ("Ada", "Grace", "Hedy", "Héloïse", "Mary")
LISTED = replace(LOBBY, settings=Settings(nicknames=NicknameRule.ROSTER, roster=ROSTER))
PATH = f"/api/sessions/{SESSION_ID}/players"


async def _roster(gateway: Running, **query: str) -> tuple[int, Any]:
    return await Author(gateway, "").get(f"/api/sessions/{LOBBY.code}/roster", **query)


async def test_a_roster_gives_the_names_that_are_free(stage: Stage, gateway: Running) -> None:
    """In the host's order; what was looked up for one is good for all for a moment."""
    await seed(stage.system, session=LISTED)
    found = {"names": ["Hedy", "Héloïse", "Mary"], "free": 3, "listed": 5}
    assert await _roster(gateway) == (200, found)
    for _ in range(10):
        assert await _roster(gateway) == (200, found)
    assert stage.system.faults.calls.count("MemoryPlayers.all") == 1


async def test_a_roster_is_searched_and_cut(stage: Stage, gateway: Running) -> None:
    """5,000 names do not go to everybody who types a code."""
    await seed(stage.system, session=LISTED, players=())
    assert (await _roster(gateway, search=" HÉ"))[1]["names"] == ["Héloïse"]
    assert (await _roster(gateway, limit="2"))[1] == {"names": ["Ada", "Grace"], "free": 5, "listed": 5}
    _, found = await Author(gateway, "").get(f"/api/sessions/{LOBBY.code}")
    assert found["nicknames"] == "roster"
    assert "Hedy" not in str(found)


async def test_a_session_without_a_roster_has_an_empty_one(stage: Stage, gateway: Running) -> None:
    """And an unknown code is a miss like any other."""
    await seed(stage.system, session=LOBBY)
    assert await _roster(gateway) == (200, {"names": [], "free": 0, "listed": 0})
    status, body = await Author(gateway, "").get("/api/sessions/N0B0DY/roster")
    assert (status, body["error"]["code"]) == (404, "session_unknown")


async def test_a_host_sees_who_is_in_the_session(stage: Stage, gateway: Running) -> None:
    """In the order in which they came, with their teams, and who was put out."""
    settings = Settings(teams=("Red", "Blue"), team_choice=TeamChoice.DRAWN)
    session = replace(LOBBY, settings=settings, removed=(GRACE.id,))
    await seed(stage.system, session=session)
    status, body = await Author(gateway, stage.host_token()).get(PATH)
    assert status == 200
    assert body == {"players": [_listed(ADA, team=0), _listed(GRACE, team=1, removed=True)], "next": None}


async def test_a_hosts_list_of_players_is_paged(stage: Stage, gateway: Running) -> None:
    """By seat."""
    await seed(stage.system, session=LOBBY, players=())
    for number in range(5):
        player = replace(ADA, id=f"player-{number}", nickname=f"Player {number}")
        await stage.system.players.add(player, seats=100)
    host = Author(gateway, stage.host_token())
    seats: list[int] = []
    after = ""
    while True:
        _, page = await host.get(PATH, limit="2", after=after)
        seats += [player["seat"] for player in page["players"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert seats == [0, 1, 2, 3, 4]
    status, body = await host.get(PATH, after="x")
    assert (status, body["error"]["code"]) == (422, "query_invalid")


@pytest.mark.parametrize("session", [LOBBY, None])
async def test_players_are_listed_for_the_sessions_host_only(
    stage: Stage, gateway: Running, session: Session | None
) -> None:
    """Neither for a player nor for whoever holds an author's token; a session that is gone is not found."""
    if session is None:
        assert (await Author(gateway, stage.host_token()).get(PATH))[0] == 404
        return
    await seed(stage.system, session=session)
    for token in (stage.token(ADA), stage.author_token(), stage.host_token("another")):
        status, body = await Author(gateway, token).get(PATH)
        assert (status, body["error"]["code"]) == (401, "token_invalid")


async def test_limits_are_those_that_the_rules_hold(gateway: Running) -> None:
    """What an editor shows while somebody types."""
    status, limits = await Author(gateway, "").get("/api/limits")
    assert status == 200
    assert limits["quiz"]["prompt"] == 500
    assert limits["quiz"]["types"][0] == "single"
    assert limits["session"]["players"] == 5_000
    assert limits["library"]["drafts"] == 100


def _listed(player: Player, *, team: int, removed: bool = False) -> dict[str, Any]:
    return {
        "player_id": player.id,
        "nickname": player.nickname,
        "team": team,
        "seat": player.seat,
        "joined_at_ms": player.joined_at_ms,
        "removed": removed,
    }
