"""Leaderboard messages: one read of everybody's place, a `me` for each player, nothing personal for others."""

from gateway.access.identity import Identity, Role
from gateway.feed.own import me_of
from shared.domain.player import Answer
from shared.domain.quiz import AnswerValue
from shared.domain.ranking import Result
from tests.story import ADA, FIRST_CLOSED, FIRST_OPEN, GRACE, SESSION_ID, seed
from tests.unit.gateway.stage import Running, Stage

IDENTITY = Identity(session_id=SESSION_ID, role=Role.PLAYER, player_id=ADA.id, nickname=ADA.nickname)
ANSWER_OF_ADA = Answer(
    id="first",
    session_id=SESSION_ID,
    player_id=ADA.id,
    question=0,
    value=AnswerValue(choices=(1,)),
    received_at_ms=FIRST_OPEN.timings[0].opened_at_ms + 4_000,
    elapsed_ms=4_000,
)


async def _score(stage: Stage, *, points: int = 900) -> None:
    """Ada's answer to the first question, on the board."""
    result = Result(
        player_id=ADA.id,
        nickname=ADA.nickname,
        joined_at_ms=ADA.joined_at_ms,
        question=0,
        correct=True,
        points=points,
        elapsed_ms=4_000,
    )
    await stage.system.board.rebuild(SESSION_ID, [result])


async def test_a_tick_carries_each_players_own_place_from_one_read(stage: Stage, gateway: Running) -> None:
    """PERFORMANCE.md: one read per tick serves everybody."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    ada = await gateway.follow(token=stage.token(ADA))
    grace = await gateway.follow(token=stage.token(GRACE))
    viewer = await gateway.follow(code=FIRST_OPEN.code)
    for client in (ada, grace, viewer):
        await client.hear_type("snapshot")
    await _score(stage)
    reads = stage.system.faults.calls.count("MemoryBoard.read")
    await stage.put_leaderboard(1)
    assert (await ada.hear_type("leaderboard"))["me"] == {
        "player_id": ADA.id,
        "nickname": "Ada",
        "rank": 1,
        "points": 900,
        "total_ms": 4_000,
        "answered": 0,
        "question": 0,
        "gained": 900,
        "correct": True,
    }
    assert (await grace.hear_type("leaderboard"))["me"] == {"player_id": GRACE.id, "nickname": "Grace"}
    assert "me" not in await viewer.hear_type("leaderboard")
    assert stage.system.faults.calls.count("MemoryBoard.read") == reads + 1


async def test_a_player_in_two_tabs_gets_everything_in_both(stage: Stage, gateway: Running) -> None:
    """Outcomes too."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    tabs = [await gateway.follow(token=stage.token(ADA)) for _ in range(2)]
    for tab in tabs:
        await tab.hear_type("snapshot")
    await stage.system.feed.send_to_player(SESSION_ID, ADA.id, b'{"type":"outcome","answer_id":"a"}')
    for tab in tabs:
        assert await tab.hear() == {"type": "outcome", "answer_id": "a"}


async def test_an_outcome_reaches_its_player_only(stage: Stage, gateway: Running) -> None:
    """Nobody learns what another answered."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    ada = await gateway.follow(token=stage.token(ADA))
    grace = await gateway.follow(token=stage.token(GRACE))
    for client in (ada, grace):
        await client.hear_type("snapshot")
    await stage.system.feed.send_to_player(SESSION_ID, ADA.id, b'{"type":"outcome","answer_id":"a"}')
    await stage.put_lobby(3)
    assert (await grace.hear())["type"] == "lobby"
    assert (await ada.hear())["type"] == "outcome"


async def test_closing_a_question_carries_each_players_result(stage: Stage, gateway: Running) -> None:
    """The reveal and one's own result are one picture."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    ada = await gateway.follow(token=stage.token(ADA))
    await ada.hear_type("snapshot")
    await _score(stage)
    await stage.put_session(FIRST_CLOSED)
    message = await ada.hear_type("session")
    assert message["session"]["reveal"]["correct"] == [1]
    assert (message["me"]["gained"], message["me"]["correct"]) == (900, True)


async def test_a_snapshot_says_that_ones_answer_to_the_open_question_is_in(stage: Stage, gateway: Running) -> None:
    """A player whose phone died is not asked again, though nothing is scored yet."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.system.answers.add(ANSWER_OF_ADA)
    ada = await gateway.follow(token=stage.token(ADA))
    assert (await ada.hear())["me"]["answered"] == 0
    grace = await gateway.follow(token=stage.token(GRACE))
    assert "answered" not in (await grace.hear())["me"]


async def test_a_tick_whose_places_cannot_be_read_is_sent_without_them(stage: Stage, gateway: Running) -> None:
    """The message is more urgent than the place in it; a client keeps the place that it has."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    ada = await gateway.follow(token=stage.token(ADA))
    await ada.hear_type("snapshot")
    await stage.put_leaderboard(1)
    assert "me" not in await ada.hear_type("leaderboard")


async def test_players_that_come_at_the_same_moment_share_one_read_of_the_board(
    stage: Stage, gateway: Running
) -> None:
    """5,000 that reconnect at once cost one read, not 5,000."""
    await seed(stage.system, session=FIRST_OPEN)
    await stage.put_session(FIRST_OPEN)
    clients = [await gateway.connect() for _ in range(20)]
    for client in clients:
        await client.say(type="hello", token=stage.token(ADA))
    for client in clients:
        await client.hear_type("snapshot")
    assert stage.system.faults.calls.count("MemoryBoard.standings") <= 3


def test_me_of_a_player_without_a_standing_has_no_rank() -> None:
    """On the board is whoever has an accepted answer."""
    me = me_of(IDENTITY, None, question=3, answered=3)
    assert (me.rank, me.points, me.answered, me.question) == (None, 0, 3, None)
