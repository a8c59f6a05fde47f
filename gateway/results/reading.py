"""Reads a session's results question by question and has them written piece by piece, in a thread, one at a time.

No more than one question's answers are held. Files are read in a process of their own (process.py), statistics in
the gateway itself.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from shared.domain.errors import TransientFailure
from shared.domain.player import Answer, Player
from shared.domain.quiz import Quiz
from shared.domain.ranking import Result
from shared.domain.session import Session
from shared.results.authored import AuthoredQuestion, counting_answers
from shared.results.files import FILES, ResultsFile
from shared.results.report import AnswerRow, Report, asked_count, asked_questions, has_closed
from shared.results.statistics import QuestionStatistics, question_statistics
from shared.results.totals import Totals

WRITING_AT_ONCE = 1
# Within a download a passing fault is waited out: what was sent already cannot be taken back.
TRIES = 5
RETRY_AFTER_S = 0.5

Read = TypeVar("Read")


class Players(Protocol):
    """What is asked of shared.ports.players.Players."""

    async def all(self, session_id: str) -> Sequence[Player]: ...

    async def count(self, session_id: str) -> int: ...


class Answers(Protocol):
    """What is asked of shared.ports.answers.Answers."""

    async def of_question(self, session_id: str, question: int) -> Sequence[Answer]: ...


class Scores(Protocol):
    """What is asked of shared.ports.scores.Scores."""

    async def of_question(self, session_id: str, question: int) -> Sequence[Result]: ...


class ResultsReader:
    """All methods raise TransientFailure when a store is away."""

    def __init__(self, *, players: Players, answers: Answers, scores: Scores) -> None:
        self._players = players
        self._answers = answers
        self._scores = scores
        self._writing = asyncio.Semaphore(WRITING_AT_ONCE)

    async def pieces(self, session: Session, quiz: Quiz, *, format: str) -> AsyncGenerator[bytes, None]:
        """The file, piece by piece. The first piece comes once everybody's totals are known."""
        report = await self._report(session, quiz)
        file = FILES[format]()
        statistics: list[QuestionStatistics] = []
        yield await self._written(file.begin, report.heading)
        for asked in asked_questions(session, quiz):
            answers = await _patiently(self._answers.of_question, session.id, asked.index)
            results = await _patiently(self._scores.of_question, session.id, asked.index)
            piece, told = await self._written(_question_piece, file, report, asked, answers, results)
            if has_closed(session, asked.index):
                statistics.append(told)
            if piece:
                yield piece
        yield await self._written(_last_piece, file, report, statistics)

    async def statistics(self, session: Session, asked: AuthoredQuestion) -> QuestionStatistics:
        """One question's."""
        answers = await self._answers.of_question(session.id, asked.index)
        players = await self._players.count(session.id) - len(session.removed)
        return await self._written(_statistics, asked, answers, frozenset(session.removed), players)

    async def _report(self, session: Session, quiz: Quiz) -> Report:
        totals = Totals()
        for index in range(asked_count(session)):
            results = await self._scores.of_question(session.id, index)
            await self._written(totals.add, results)
        players = await self._players.all(session.id)
        return Report(session=session, quiz=quiz, players=players, totals=totals)

    async def _written(self, work: Callable[..., Read], *arguments: object) -> Read:
        async with self._writing:
            return await asyncio.to_thread(work, *arguments)


def _question_piece(
    file: ResultsFile, report: Report, asked: AuthoredQuestion, given: Sequence[Answer], results: Sequence[Result]
) -> tuple[bytes, QuestionStatistics]:
    answers = counting_answers(given)
    rows: list[AnswerRow] = report.answers(asked, answers, results)
    statistics = question_statistics(asked, report.still_in(answers), players=report.in_play)
    return file.answers(rows), statistics


def _last_piece(file: ResultsFile, report: Report, statistics: list[QuestionStatistics]) -> bytes:
    return file.end(report.players(), statistics)


def _statistics(
    asked: AuthoredQuestion, given: Sequence[Answer], removed: frozenset[str], players: int
) -> QuestionStatistics:
    answers = [answer for answer in counting_answers(given) if answer.player_id not in removed]
    return question_statistics(asked, answers, players=max(players, len(answers)))


async def _patiently(read: Callable[[str, int], Awaitable[Read]], session_id: str, question: int) -> Read:
    for left in reversed(range(TRIES)):
        try:
            return await read(session_id, question)
        except TransientFailure:
            if not left:
                raise
            await asyncio.sleep(RETRY_AFTER_S)
    raise AssertionError("expected a last try")
