"""The columns of the three tables, for CSV and XLSX: the names of their rows' fields."""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from shared.results.report import AnswerRow, PlayerRow
from shared.results.statistics import QuestionStatistics

ANSWERS = tuple(field.name for field in fields(AnswerRow))
PLAYERS = tuple(field.name for field in fields(PlayerRow))
QUESTIONS = (
    "question",
    "prompt",
    "type",
    "players",
    "answered",
    "not_answered",
    "correct",
    "share_correct",
    "median_ms",
    "answers",
)
answer_cells: Callable[[AnswerRow], tuple[Any, ...]] = attrgetter(*ANSWERS)
player_cells: Callable[[PlayerRow], tuple[Any, ...]] = attrgetter(*PLAYERS)


def question_cells(question: QuestionStatistics) -> tuple[Any, ...]:
    """The distribution in one cell, a line an answer."""
    bars = [f"{bar.count} × {bar.answer}" for bar in question.distribution]
    if question.other_answers:
        bars.append(f"{question.other_answers} × …")
    return (
        question.index + 1,
        question.prompt,
        question.type,
        question.players,
        question.answered,
        question.not_answered,
        question.correct,
        question.share_correct,
        question.median_ms,
        "\n".join(bars),
    )
