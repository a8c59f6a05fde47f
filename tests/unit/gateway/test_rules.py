"""What the settings of a session change at the gateway: who may watch, what waits for the close, who is put out,
questions by a player's own clock.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from gateway.connections.close_codes import CloseCode
from gateway.feed.places import BoardView, Place, places_of, view_of
from shared.domain.ranking import OwnResult, Result, histories_of, leaderboard_of
from shared.domain.session import Command, Order, Phase, Session, advanced
from shared.domain.settings import NicknameRule, Pacing, ResultsShown, Settings
from shared.events import catalog
from shared.events.payloads import PlayerJoinRequested
from shared.events.views import session_changed
from shared.ports.board import TakenBoard
from tests.story import (
    ADA,
    FIRST_OPEN,
    GRACE,
    LOBBY,
    QUIZ,
    RUNNING,
    SELF_PACED_ID,
    SESSION_ID,
    START_MS,
    seed,
    seed_self_paced,
)
from tests.unit.gateway.author import Author
from tests.unit.gateway.stage import Running, Stage, until

AT_CLOSE = Settings(results=ResultsShown.AT_CLOSE)
HELD_OPEN = replace(FIRST_OPEN, settings=AT_CLOSE)
HELD_CLOSED = advanced(HELD_OPEN, Order(command=Command.CLOSE), now_ms=START_MS + 30_000, expected_version=2)


def _result(player_id: str, *, question: int = 0, points: int = 900, streak_place: int | None = None) -> Result:
    return Result(
        player_id=player_id,
        nickname=player_id,
        joined_at_ms=1,
        question=question,
        correct=points > 0,
        points=points,
        elapsed_ms=4_000,
        streak_place=streak_place,
    )


def _own_results(results: Sequence[Result], question: int) -> dict[str, OwnResult]:
    return {
        one.player_id: OwnResult(
            points=one.points, elapsed_ms=one.elapsed_ms, correct=one.correct, streak_place=one.streak_place
        )
        for one in results
        if one.question == question
    }


def _taken(*results: Result, question: int) -> TakenBoard:
    last = max(one.question for one in results)
    return TakenBoard(
        board=leaderboard_of(results),
        results=_own_results(results, question),
        histories=histories_of(results),
        later=_own_results(results, last) if last > question else {},
    )


def test_places_held_back_are_those_from_before_the_question() -> None:
    """Points, rank and the gap to the next say nothing of the open question; that an answer is in, they do."""
    taken = _taken(
        _result("ada", points=100), _result("grace", points=0), _result("grace", question=1), question=1
    )
    assert places_of(taken, BoardView(held=True)) == {
        "ada": Place(rank=1, points=100, total_ms=4_000),
        "grace": Place(rank=2, points=0, total_ms=4_000, ahead=100, answered=True),
    }
    assert places_of(taken, BoardView())["grace"] == Place(
        rank=1, points=900, total_ms=8_000, answered=True, gained=900, correct=True
    )


def test_places_of_a_first_question_held_back_have_no_rank() -> None:
    """Nobody is on the board yet, but the answer is in."""
    taken = _taken(_result("ada"), question=0)
    assert places_of(taken, BoardView(held=True)) == {"ada": Place(answered=True)}


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.QUESTION_OPEN, Phase.QUESTION_CLOSED, Phase.LEADERBOARD])
def test_places_show_nothing_of_a_question_that_the_gateway_does_not_know_to_be_open(phase: Phase) -> None:
    """The board is read after the session was: another gateway's players may have answered the next one."""
    before = _result("hedy", streak_place=0), _result("ada", streak_place=0)
    after = _result("ada", question=1, streak_place=1), _result("grace", question=1, streak_place=0)
    view = view_of(session_changed(replace(HELD_OPEN, phase=phase), QUIZ))
    assert places_of(_taken(*before, *after, question=0), view) == places_of(_taken(*before, question=0), view)


def test_places_at_the_end_of_a_self_paced_session_have_everything() -> None:
    """Whatever question was asked for: none is anybody's present one."""
    settings = Settings(pacing=Pacing.PLAYER, results=ResultsShown.AT_CLOSE)
    view = view_of(session_changed(replace(RUNNING, phase=Phase.FINISHED, settings=settings), QUIZ))
    places = places_of(_taken(_result("ada"), _result("ada", question=3), question=0), view)
    assert places["ada"].points == 1_800


def test_places_leave_out_removed_players_and_close_the_gap() -> None:
    """Ranks and gaps are those among the others."""
    taken = _taken(_result("ada", points=900), _result("grace", points=500), _result("hedy", points=1), question=1)
    places = places_of(taken, BoardView(removed=frozenset({"ada"})))
    assert {player: (place.rank, place.ahead) for player, place in places.items()} == {
        "grace": (1, None),
        "hedy": (2, 499),
    }


def test_places_tell_the_row_of_right_answers() -> None:
    """Where it gives a bonus."""
    taken = _taken(_result("ada", streak_place=0), _result("ada", question=1, streak_place=1), question=1)
    assert places_of(taken, BoardView())["ada"].streak == 2


def test_places_of_a_self_paced_session_are_of_no_question() -> None:
    """Everybody is somewhere else; with results at the end there are no places before it."""
    taken = _taken(_result("ada"), question=0)
    assert places_of(taken, BoardView(by_question=False)) == {"ada": Place(rank=1, points=900, total_ms=4_000)}
    assert places_of(taken, BoardView(by_question=False, held=True)) == {}


async def _scored(stage: Stage, session: Session) -> None:
    await seed(stage.system, session=session)
    await stage.put_session(session)
    await stage.system.board.rebuild(SESSION_ID, [replace(_result(ADA.id), nickname="Ada")])


async def test_own_result_waits_for_the_close_where_the_session_says_so(stage: Stage, gateway: Running) -> None:
    """In a tick, in a snapshot after a refresh, and then with the message that closes the question."""
    await _scored(stage, HELD_OPEN)
    ada = await gateway.follow(token=stage.token(ADA))
    held = {"player_id": ADA.id, "nickname": "Ada", "answered": 0}
    assert (await ada.hear_type("snapshot"))["me"] == held
    await stage.put_leaderboard(1)
    assert (await ada.hear_type("leaderboard"))["me"] == held
    again = await gateway.follow(token=stage.token(ADA))
    assert (await again.hear_type("snapshot"))["me"] == held
    await stage.put_session(HELD_CLOSED)
    me = (await ada.hear_type("session"))["me"]
    assert (me["gained"], me["correct"], me["points"], me["rank"]) == (900, True, 900, 1)


async def test_player_put_out_is_told_and_closed_and_not_let_in_again(stage: Stage, gateway: Running) -> None:
    """Others stay."""
    await seed(stage.system, session=LOBBY)
    await stage.put_session(LOBBY)
    ada, grace = [await gateway.follow(token=stage.token(player)) for player in (ADA, GRACE)]
    for client in (ada, grace):
        await client.hear_type("snapshot")
    kicked = await _command(stage, gateway, command="kick", player_id=ADA.id)
    assert kicked == (200, {"version": 2, "phase": "lobby"})
    session = await stage.system.sessions.get(SESSION_ID)
    assert session is not None
    await stage.put_session(session)
    assert (await ada.hear_type("session"))["session"]["removed"] == [ADA.id]
    assert await ada.close_code() == CloseCode.PLAYER_REMOVED
    assert (await grace.hear_type("session"))["session"]["removed"] == [ADA.id]
    again = await gateway.follow(token=stage.token(ADA))
    assert (await again.hear_type("error"))["code"] == "player_removed"
    assert await again.close_code() == CloseCode.PLAYER_REMOVED


async def test_spectator_is_turned_away_where_the_session_takes_none(stage: Stage, gateway: Running) -> None:
    """Players and the host are not spectators."""
    await seed(stage.system, session=replace(LOBBY, settings=Settings(spectators=False)))
    viewer = await gateway.follow(code=LOBBY.code)
    assert (await viewer.hear_type("error"))["code"] == "spectators_not_allowed"
    assert await viewer.close_code() == CloseCode.SPECTATORS_NOT_ALLOWED
    ada = await gateway.follow(token=stage.token(ADA))
    assert (await ada.hear_type("snapshot"))["role"] == "player"


async def test_question_asked_for_is_acknowledged_and_goes_into_kafka(stage: Stage, gateway: Running) -> None:
    """Asked twice under one id it is one event; only a player can ask."""
    await seed_self_paced(stage.system)
    await stage.put_session(RUNNING)
    ada = await gateway.follow(token=stage.token(replace(ADA, session_id=SELF_PACED_ID)))
    assert (await ada.hear_type("snapshot"))["me"]["opened"] == 0
    for _ in range(2):
        await ada.say(type="open", id="r1", question=0)
        assert await ada.hear_type("ack") == {"type": "ack", "id": "r1", "question": 0}
    events = [event for event in stage.system.publisher.events if event.type is catalog.QUESTION_REQUESTED]
    assert len(events) == 2
    assert len({event.id for event in events}) == 1
    host = await gateway.follow(token=stage.host_token(SELF_PACED_ID))
    await host.hear_type("snapshot")
    await host.say(type="open", id="r2", question=0)
    assert (await host.hear_type("error"))["code"] == "token_invalid"


async def _command(stage: Stage, gateway: Running, **body: Any) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {stage.host_token()}"}
    url = f"{gateway.url}/api/sessions/{SESSION_ID}/commands"
    async with gateway.http.post(url, json=body, headers=headers) as reply:
        return reply.status, await reply.json()


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        ({"command": "lock"}, 200, "lobby"),
        ({"command": "start"}, 409, "command_not_allowed"),
        ({"command": "start", "version": 1}, 200, "question_open"),
        ({"command": "extend", "version": 1, "extend_ms": 5_000}, 409, "command_not_allowed"),
        ({"command": "kick"}, 404, "player_unknown"),
        ({"command": "ban", "player_id": "somebody else"}, 404, "player_unknown"),
        ({"command": "cancel", "version": 1}, 200, "finished"),
        ({"command": "start", "version": 7}, 409, "command_stale"),
    ],
)
async def test_command_over_http_has_its_outcome(
    stage: Stage, gateway: Running, body: dict[str, Any], status: int, outcome: str
) -> None:
    """Done, or refused with a stable code."""
    await seed(stage.system, session=LOBBY)
    got_status, reply = await _command(stage, gateway, **body)
    assert got_status == status
    assert outcome in {reply.get("phase"), reply.get("error", {}).get("code")}


async def test_ban_keeps_the_players_device_and_name_out(stage: Stage, gateway: Running) -> None:
    """As they joined."""
    await seed(stage.system, session=LOBBY, players=(replace(ADA, device="phone"),))
    assert (await _command(stage, gateway, command="ban", player_id=ADA.id))[0] == 200
    session = await stage.system.sessions.get(SESSION_ID)
    assert session is not None
    assert (session.removed, session.banned) == ((ADA.id,), ("phone", "ada"))


async def test_session_with_settings_that_contradict_each_other_is_refused(stage: Stage, gateway: Running) -> None:
    """Expected and got, all of them at once."""
    await stage.own_quiz()
    body = {"quiz_id": "small-sky", "settings": {"teams": ["Red"], "nicknames": "roster"}}
    status, reply = await Author(gateway, stage.author_token()).post("/api/sessions", body)
    assert (status, reply["error"]["code"]) == (422, "settings_invalid")
    assert "expected no teams or 2 to 20, got 1" in reply["error"]["message"]
    assert "got 0 names" in reply["error"]["message"]
    told = [(reason["code"], reason["values"]) for reason in reply["error"]["reasons"]]
    assert told == [("team_count", {"most": 20, "got": 1}), ("roster_rule", {"got": 0})]


async def test_name_of_a_roster_that_is_too_long_is_a_reason_in_words(stage: Stage, gateway: Running) -> None:
    """A host typed it: it is no fault of the request's form."""
    await stage.own_quiz()
    body = {"quiz_id": "small-sky", "settings": {"nicknames": "roster", "roster": ["Ada", "x" * 25]}}
    status, reply = await Author(gateway, stage.author_token()).post("/api/sessions", body)
    assert (status, [reason["code"] for reason in reply["error"]["reasons"]]) == (422, ["roster_name"])


async def test_join_of_a_session_that_gives_nicknames_needs_none(stage: Stage, gateway: Running) -> None:
    """The request carries device and team to the join function."""
    session = replace(LOBBY, settings=Settings(nicknames=NicknameRule.GENERATED, pacing=Pacing.HOST))
    await seed(stage.system, session=session, players=())
    url = f"{gateway.url}/api/sessions/{LOBBY.code}"
    async with gateway.http.get(url) as reply:
        found = await reply.json()
    assert (found["nicknames"], found["phase"], found["locked"]) == ("generated", Phase.LOBBY, False)
    join = gateway.http.post(
        f"{url}/players", json={"request_id": "request-of-sixteen", "device": "phone", "team": 1}
    )
    async with join:
        await until(lambda: bool(stage.system.publisher.events))
    (event,) = stage.system.publisher.events
    assert isinstance(event.data, PlayerJoinRequested)
    assert (event.data.nickname, event.data.device, event.data.team) == ("", "phone", 1)
