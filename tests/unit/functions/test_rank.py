"""rank: ticks that cover everything, led by one, whatever happens to the leader or the board."""

import asyncio
from dataclasses import replace

import msgspec
import pytest

from functions.entrypoint import Handler
from functions.rank.census import Census
from functions.rank.handler import RankHandler
from functions.rank.rebuilding import Rebuilding
from functions.rank.storing import BoardStore
from shared.adapters.memory import MemorySystem, When
from shared.adapters.memory.sessions import MemorySessions
from shared.domain.errors import TransientFailure
from shared.domain.ranking import edition_of, leaderboard_of
from shared.domain.session import Session
from shared.domain.settings import ResultsShown
from shared.events.event import Event
from shared.events.payloads import LeaderboardUpdated, ScoreUpdated
from shared.ports.board import Board
from tests.contract.results import many_results
from tests.events import golden
from tests.story import FIRST_CLOSED, SECOND_OPEN, SESSION_ID
from tests.unit.functions.handlers import HANDLERS

RESULTS = many_results(players=30, questions=2)
EVENTS = [
    replace(
        golden.SCORE_UPDATED, id=f"score-{number}", data=msgspec.convert(msgspec.to_builtins(result), ScoreUpdated)
    )
    for number, result in enumerate(RESULTS)
]


async def _scored() -> tuple[MemorySystem, Handler]:
    """All results are in the database; their events are still to come."""
    system = MemorySystem()
    for result in RESULTS:
        await system.scores.add(SESSION_ID, result)
    return system, HANDLERS["rank"](system)


def _last_board(system: MemorySystem) -> LeaderboardUpdated:
    board = system.publisher.events[-1].data
    assert isinstance(board, LeaderboardUpdated)
    return board


class Tick:
    """A tick that ends when the test says so."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.over = asyncio.Event()

    async def pause(self, _seconds: float) -> None:
        self.begun.set()
        await self.over.wait()


async def _at_once(_seconds: float) -> None:
    """A tick that is over."""


def _handler_with(system: MemorySystem, tick: Tick) -> RankHandler:
    return RankHandler(
        sessions=system.sessions,
        board=system.board,
        rebuilding=Rebuilding(board=system.board, scores=system.scores),
        census=Census(system.scores),
        store=BoardStore(system.snapshots),
        publisher=system.publisher,
        pause=tick.pause,
    )


async def test_board_that_many_scores_find_missing_is_put_back_once() -> None:
    """Each reading of all scores is one of the whole session: with fifty at once nothing else would be done."""
    system, handler = await _scored()
    await asyncio.gather(*(handler.handle(event) for event in EVENTS))
    assert system.faults.calls.count("MemoryScores.all") == 1
    board = await system.board.read(SESSION_ID, question=0)
    assert board is not None
    assert board.board.version == len(EVENTS)


async def test_scores_that_arrive_during_a_tick_are_on_its_board() -> None:
    """Sixty scores, one leaderboard event: conflated without losing the last."""
    system = MemorySystem()
    assert await system.board.rebuild(SESSION_ID, [])
    tick = Tick()
    handler = _handler_with(system, tick)
    tasks = [asyncio.create_task(handler.handle(event)) for event in EVENTS]
    for _ in range(20):
        await asyncio.sleep(0)
    leading = [task for task in tasks if not task.done()]
    assert len(leading) == 1
    assert system.publisher.events == []
    tick.over.set()
    await asyncio.gather(*leading)
    assert len(system.publisher.events) == 1
    assert _last_board(system).version == len(EVENTS)
    edition = edition_of(len(RESULTS), removed=0, held=False)
    assert await system.snapshots.get(SESSION_ID) == replace(leaderboard_of(RESULTS), edition=edition)


async def test_score_after_the_board_was_taken_gets_a_board_of_its_own() -> None:
    """The leader is still publishing: the next score elects another."""
    system, handler = await _scored()
    for event in EVENTS[:2]:
        await handler.handle(event)
    versions = [
        event.data.version for event in system.publisher.events if isinstance(event.data, LeaderboardUpdated)
    ]
    assert versions == [len(RESULTS)]
    late = replace(EVENTS[0], id="late", data=msgspec.structs.replace(EVENTS[0].data, player_id="late"))
    await handler.handle(late)
    assert _last_board(system).version == len(RESULTS) + 1


async def test_board_never_built_is_rebuilt_from_the_database() -> None:
    """The first event after a wipe finds nothing and shows everything."""
    system, handler = await _scored()
    await handler.handle(EVENTS[0])
    board = _last_board(system)
    assert (board.version, board.players, board.answered) == (60, 30, 30)


async def test_board_wiped_during_the_tick_is_rebuilt_by_the_redelivery() -> None:
    """The leader cannot take what is gone: it fails, comes again, and shows everything."""
    system, _ = await _scored()
    tick = Tick()
    handler = _handler_with(system, tick)
    leading = asyncio.create_task(handler.handle(EVENTS[0]))
    await tick.begun.wait()
    system.redis.wipe()
    tick.over.set()
    with pytest.raises(TransientFailure):
        await leading
    await handler.handle(EVENTS[0])
    assert _last_board(system).version == len(RESULTS)


async def test_audit_after_a_question_repairs_a_board_that_lacks_results() -> None:
    """A Redis that came back with a part of its data is held against the database."""
    system, handler = await _scored()
    await system.board.rebuild(SESSION_ID, RESULTS[:10])
    await system.board.mark_published(SESSION_ID, edition_of(10, removed=0, held=False))
    await handler.handle(golden.QUESTION_CLOSED)
    assert _last_board(system).version == len(RESULTS)
    assert await system.board.size(SESSION_ID) == len(RESULTS)


async def test_audit_publishes_what_a_dead_leader_left() -> None:
    """Its event is in the dead letters; the end of the question shows its board."""
    system, handler = await _scored()
    system.faults.fail_call(5, When.BEFORE)
    with pytest.raises(TransientFailure):
        await handler.handle(EVENTS[0])
    assert system.publisher.events == []
    system.clock.advance(3_000)
    await handler.handle(golden.QUESTION_CLOSED)
    assert _last_board(system).version == len(RESULTS)


async def test_audit_of_a_board_in_order_publishes_nothing() -> None:
    """The end of a question costs two reads and a claim."""
    system, handler = await _scored()
    await handler.handle(EVENTS[0])
    published = list(system.publisher.events)
    await handler.handle(golden.QUESTION_CLOSED)
    assert system.publisher.events == published


@pytest.mark.parametrize("event", [golden.SESSION_OPENED, golden.QUESTION_OPENED], ids=["opened", "question"])
async def test_audit_of_a_session_without_scores_publishes_nothing(event: Event) -> None:
    """A lobby warms the function and no more."""
    system = MemorySystem()
    await HANDLERS["rank"](system).handle(event)
    assert system.publisher.events == []


async def test_rebuild_shows_the_last_scored_question() -> None:
    """Whoever looks after a wipe sees the result of the present question, not of the first."""
    system, handler = await _scored()
    await handler.handle(golden.SESSION_REBUILD_REQUESTED)
    board = _last_board(system)
    assert (board.version, board.question, board.answered) == (60, 1, 30)


class LastMoment(MemorySessions):
    """Sessions in which, at once after the first reading, the next question opens and is answered."""

    def __init__(self, board: Board, before: Session, then: Session) -> None:
        super().__init__()
        self._board = board
        self._present, self._then = before, then

    async def get(self, session_id: str) -> Session:
        read, self._present = self._present, self._then
        await self._board.apply(session_id, RESULTS[-1], event_id="the first answer")
        return read


async def test_result_of_a_question_that_opens_while_a_board_is_led_is_held_back() -> None:
    """Points tell which answer is right: none of an open question is on a board that hides them (I6)."""
    system = MemorySystem()
    first = [result for result in RESULTS if result.question == 0]
    assert RESULTS[-1].question == 1
    await system.board.rebuild(SESSION_ID, first)
    settings = replace(SECOND_OPEN.settings, results=ResultsShown.AT_CLOSE)
    closed, opened = replace(FIRST_CLOSED, settings=settings), replace(SECOND_OPEN, settings=settings)
    handler = _handler_with(system, Tick())
    handler = replace(handler, sessions=LastMoment(system.board, closed, opened), pause=_at_once)
    await handler.handle(EVENTS[0])
    boards = [event.data for event in system.publisher.events if isinstance(event.data, LeaderboardUpdated)]
    points = {entry.player_id: entry.points for entry in leaderboard_of(first).entries}
    shown = [(entry.player_id, entry.points) for board in boards for entry in board.top]
    assert shown
    assert shown == [(player_id, points[player_id]) for player_id, _ in shown]


async def test_board_of_many_shows_the_first_ten() -> None:
    """The event stays small however many play; the order is the domain's."""
    system, handler = await _scored()
    await handler.handle(golden.SESSION_REBUILD_REQUESTED)
    expected = leaderboard_of(RESULTS).entries[:10]
    assert [(entry.rank, entry.player_id) for entry in _last_board(system).top] == [
        (entry.rank, entry.player_id) for entry in expected
    ]
