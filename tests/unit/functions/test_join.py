"""join: who may play, under which name."""

from dataclasses import replace

import pytest

from functions.join.late_start import LateStart
from shared.adapters.memory import MemorySystem
from shared.domain.errors import MalformedEvent, RefusalCode
from shared.domain.late_join import LateScore
from shared.domain.ranking import Entry, Leaderboard
from shared.domain.session import Session
from shared.domain.settings import Settings
from shared.events.catalog import PLAYER_JOINED
from shared.events.payloads import PlayerJoined, PlayerRefused
from tests import story
from tests.events.golden import PLAYER_JOIN_REQUESTED, join_request
from tests.story import SESSION_ID, START_MS, seed
from tests.unit.functions.handlers import HANDLERS


async def _system(session: Session = story.LOBBY) -> MemorySystem:
    system = MemorySystem()
    await seed(system, session=session, players=())
    return system


async def _refusal(system: MemorySystem, nickname: str) -> RefusalCode | None:
    """Why somebody else may not join under this name; None if joined."""
    request = join_request("request-of-somebody", nickname, at_ms=START_MS)
    await HANDLERS["join"](system).handle(request)
    outcome = system.publisher.events[-1].data
    assert isinstance(outcome, PlayerJoined | PlayerRefused)
    return outcome.code if isinstance(outcome, PlayerRefused) else None


async def test_join_folds_white_space_of_the_nickname() -> None:
    """The stored and announced name is the one that screens show."""
    system = await _system()
    assert await _refusal(system, "  Ada \t Lovelace ") is None
    assert [player.nickname for player in await system.players.all(SESSION_ID)] == ["Ada Lovelace"]


@pytest.mark.parametrize("nickname", ["", "   ", "n" * 25, "bell\a"])
async def test_join_with_a_nickname_that_cannot_be_shown_is_refused(nickname: str) -> None:
    """The client hears why, and nobody is stored."""
    system = await _system()
    assert await _refusal(system, nickname) is RefusalCode.NICKNAME_INVALID
    assert await system.players.count(SESSION_ID) == 0


async def test_join_of_a_finished_session_is_refused() -> None:
    """It is over."""
    assert await _refusal(await _system(story.FINISHED), "Ada") is RefusalCode.SESSION_NOT_JOINABLE


async def test_join_of_a_started_session_depends_on_its_setting() -> None:
    """Late players are welcome unless the host said no."""
    strict = replace(story.FIRST_OPEN, settings=Settings(late_join=False))
    assert await _refusal(await _system(strict), "Ada") is RefusalCode.SESSION_NOT_JOINABLE
    assert await _refusal(await _system(story.FIRST_OPEN), "Ada") is None


LEVEL = Settings(late_score=LateScore.LOWEST)
BOARD = Leaderboard(
    version=2,
    edition=2,
    entries=(
        Entry(rank=1, player_id="grace", nickname="Grace", points=900, total_ms=1),
        Entry(rank=2, player_id="hedy", nickname="Hedy", points=250, total_ms=1),
    ),
)


async def _joined(system: MemorySystem, player: str) -> PlayerJoined:
    await HANDLERS["join"](system).handle(join_request(f"request-of-{player}", player, at_ms=START_MS))
    outcome = system.publisher.events[-1].data
    assert isinstance(outcome, PlayerJoined)
    return outcome


async def test_join_after_the_start_begins_with_what_the_host_chose() -> None:
    """Level with the last one on the stored board; it stays so for this player, whatever the board is later."""
    system = await _system(replace(story.SECOND_OPEN, settings=LEVEL))
    await system.snapshots.put(SESSION_ID, BOARD)
    assert (await _joined(system, "Ada")).starting_points == 250
    await system.snapshots.put(SESSION_ID, replace(BOARD, edition=3, entries=BOARD.entries[:1]))
    assert (await _joined(system, "Ada")).starting_points == 250
    assert (await _joined(system, "Edsger")).starting_points == 900


@pytest.mark.parametrize(
    "session", [replace(story.LOBBY, settings=LEVEL), replace(story.SECOND_OPEN, settings=Settings())]
)
async def test_join_begins_with_nothing_in_the_lobby_and_where_the_host_chose_nothing(session: Session) -> None:
    """The board is not even read."""
    system = await _system(session)
    await system.snapshots.put(SESSION_ID, BOARD)
    assert (await _joined(system, "Ada")).starting_points == 0


async def test_late_start_reads_the_board_once_a_moment() -> None:
    """Hundreds who come at once do not read a board of thousands each."""
    system = await _system()
    session = replace(story.SECOND_OPEN, settings=LEVEL)
    now_s = 0.0
    late_start = LateStart(system.snapshots, now_s=lambda: now_s)
    assert await late_start.points(session) == 0
    await system.snapshots.put(SESSION_ID, BOARD)
    assert await late_start.points(session) == 0
    now_s = 1.5
    assert await late_start.points(session) == 250


async def test_join_of_a_full_session_is_refused() -> None:
    """The setting is the limit."""
    system = await _system(replace(story.LOBBY, settings=Settings(max_players=1)))
    await HANDLERS["join"](system).handle(PLAYER_JOIN_REQUESTED)
    assert await _refusal(system, "Grace") is RefusalCode.SESSION_FULL


async def test_join_redelivered_after_the_end_gives_the_player_it_made() -> None:
    """Whatever has changed since: the one request has one outcome."""
    system = await _system()
    handler = HANDLERS["join"](system)
    await handler.handle(PLAYER_JOIN_REQUESTED)
    for state in (story.FIRST_OPEN, story.FIRST_CLOSED, story.SECOND_OPEN, story.SECOND_CLOSED, story.FINISHED):
        assert await system.sessions.compare_and_set(state)
    await handler.handle(PLAYER_JOIN_REQUESTED)
    first, second = system.publisher.events
    assert first == second
    assert first.type is PLAYER_JOINED


async def test_join_of_an_unknown_session_is_malformed() -> None:
    """No redelivery can help it."""
    with pytest.raises(MalformedEvent, match="session"):
        await HANDLERS["join"](MemorySystem()).handle(PLAYER_JOIN_REQUESTED)
