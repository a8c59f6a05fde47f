"""Our own CSV: a header row and a question a row, every text in quotes, in UTF-8 with a mark for Excel.

No cell begins as a formula: shared/spreadsheet.py says how that is undone.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from shared.domain.quiz import CHOICE_TYPES, Question
from shared.importers.table_header import Column
from shared.importers.table_lists import joined_list
from shared.spreadsheet import guarded

FEWEST_CHOICES = 4


def write(title: str, questions: Sequence[Question]) -> bytes:
    """As many columns of choices and targets as the longest question needs."""
    choices = max((FEWEST_CHOICES, *(len(question.choices) for question in questions)))
    targets = max((0, *(len(question.targets) for question in questions)))
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_header(choices, targets))
    for number, question in enumerate(questions):
        cells = _row(question, choices, targets, title="" if number else title)
        writer.writerow(guarded(cell) for cell in cells)
    return text.getvalue().encode("utf-8-sig")


def _header(choices: int, targets: int) -> list[str]:
    numbered = [f"{Column.CHOICE} {number + 1}" for number in range(choices)]
    numbered += [f"{Column.TARGET} {number + 1}" for number in range(targets)]
    answers = [Column.CORRECT, Column.ACCEPTED, Column.TOLERANCE]
    return [
        *(Column.TYPE, Column.PROMPT, *numbered, *answers),
        *(Column.TIME_S, Column.POINTS, Column.IMAGE_URL, Column.QUIZ_TITLE),
    ]


def _row(question: Question, choices: int, targets: int, *, title: str) -> Iterator[str]:
    is_choice = question.type in CHOICE_TYPES
    yield question.type
    yield question.prompt
    yield from (*question.choices, *[""] * (choices - len(question.choices)))
    yield from (*question.targets, *[""] * (targets - len(question.targets)))
    yield ",".join(str(index + 1) for index in question.correct)
    yield "" if is_choice else joined_list(question.accepted)
    yield "" if question.tolerance == "0" else question.tolerance
    yield f"{Decimal(question.time_limit_ms) / 1_000:f}"
    yield str(question.points)
    yield question.image_url
    yield title
