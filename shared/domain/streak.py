"""The streak bonus: right answers in a row are worth more.

The n-th right answer in a row (n ≥ 2) gives 100 × min(n − 1, 5) points on top: the "answer streak bonus" as Kahoot
has published it. A wrong or missing answer ends the row; a poll neither continues nor ends it.

A player's row depends on several answers that come in any order, so it is never added up as they come: it follows
from the player's *history*, one character a question that counts (polls do not): "1" right, "0" wrong, " " none.
"""

from collections.abc import Sequence

from shared.domain.quiz import Question, QuestionType

STREAK_STEP = 100
STREAK_STEPS_AT_MOST = 5
RIGHT, WRONG, NONE = "1", "0", " "


def streak_bonus(history: str) -> int:
    """The points that a history is worth. The same loop stands in lua/board_add.lua; a contract test compares."""
    bonus = run = 0
    for mark in history:
        run = run + 1 if mark == RIGHT else 0
        bonus += STREAK_STEP * min(max(run - 1, 0), STREAK_STEPS_AT_MOST)
    return bonus


def with_mark(history: str, place: int, mark: str) -> str:
    """The history with `mark` at `place`, whatever it was before."""
    padded = history.ljust(place + 1, NONE)
    return padded[:place] + mark + padded[place + 1 :]


def streak_at(history: str, place: int) -> int:
    """How many right answers in a row end at `place`."""
    upto = history[: place + 1]
    return len(upto) - len(upto.rstrip(RIGHT)) if len(upto) == place + 1 else 0


def place_of(questions: Sequence[Question], index: int) -> int | None:
    """The place of question `index` among those that count for a streak; None for a poll."""
    if questions[index].type is QuestionType.POLL:
        return None
    return sum(question.type is not QuestionType.POLL for question in questions[:index])
