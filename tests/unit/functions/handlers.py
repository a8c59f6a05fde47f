"""Each function's handler on fakes, and which events it takes."""

import asyncio
from collections.abc import Callable, Mapping

from functions.broadcast.handler import BroadcastHandler
from functions.entrypoint import Handler
from functions.join.handler import JoinHandler
from functions.join.late_start import LateStart
from functions.rank.census import Census
from functions.rank.handler import RankHandler
from functions.rank.rebuilding import Rebuilding
from functions.rank.storing import BoardStore
from functions.score.handler import ScoreHandler
from functions.submit.handler import SubmitHandler
from functions.submit.opening import QuestionOpener
from shared.adapters.memory import MemorySystem
from shared.adapters.nickname_filter import WordListFilter
from shared.events import catalog


async def _at_once(_seconds: float) -> None:
    """A tick that is over as soon as the others had a turn."""
    await asyncio.sleep(0)


def _join(system: MemorySystem) -> Handler:
    return JoinHandler(
        sessions=system.sessions,
        players=system.players,
        publisher=system.publisher,
        nickname_filter=WordListFilter(),
        late_start=LateStart(system.snapshots),
    )


def _submit(system: MemorySystem) -> Handler:
    opener = QuestionOpener(
        sessions=system.sessions,
        quizzes=system.quizzes,
        players=system.players,
        answers=system.answers,
        openings=system.openings,
        publisher=system.publisher,
        clock=system.clock,
    )
    return SubmitHandler(
        sessions=system.sessions,
        quizzes=system.quizzes,
        players=system.players,
        answers=system.answers,
        openings=system.openings,
        publisher=system.publisher,
        opener=opener,
    )


def _score(system: MemorySystem) -> Handler:
    return ScoreHandler(quizzes=system.quizzes, scores=system.scores, publisher=system.publisher)


def _rank(system: MemorySystem) -> Handler:
    return RankHandler(
        sessions=system.sessions,
        board=system.board,
        rebuilding=Rebuilding(board=system.board, scores=system.scores),
        census=Census(system.scores),
        store=BoardStore(system.snapshots),
        publisher=system.publisher,
        pause=_at_once,
    )


def _broadcast(system: MemorySystem) -> Handler:
    return BroadcastHandler(
        feed=system.feed,
        sessions=system.sessions,
        quizzes=system.quizzes,
        players=system.players,
        pause=_at_once,
    )


HANDLERS: Mapping[str, Callable[[MemorySystem], Handler]] = {
    "join": _join,
    "submit": _submit,
    "score": _score,
    "rank": _rank,
    "broadcast": _broadcast,
}

# DESIGN's table: every function's source also takes the sessions' topic, which warms the pipeline.
TOPICS: Mapping[str, frozenset[str]] = {
    "join": frozenset({catalog.JOINS, catalog.SESSIONS}),
    "submit": frozenset({catalog.ANSWERS_SUBMITTED, catalog.SESSIONS}),
    "score": frozenset({catalog.ANSWERS_ACCEPTED, catalog.SESSIONS, catalog.WAKES}),
    "rank": frozenset({catalog.SCORES, catalog.SESSIONS, catalog.WAKES}),
    "broadcast": frozenset({catalog.LEADERBOARDS, catalog.PLAYERS, catalog.SESSIONS, catalog.WAKES}),
}
