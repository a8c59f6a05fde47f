"""Importer of the Open Trivia database's JSON: an array of {question, answers, answer}, `answer` an index.

One answer is typed text; more are choices.
"""

from collections.abc import Iterator

import msgspec

from shared.domain.quiz import Question, QuestionType
from shared.domain.reasons import Reason
from shared.importers import json_elements, reasons
from shared.importers.decoding import position
from shared.importers.imported import Located, Problem, short_title
from shared.importers.json_elements import Fault
from shared.importers.own_json import reason_of, title_of


class Entry(msgspec.Struct, frozen=True):
    """What an entry must have; all else that it carries (category, language, tags, source) is left."""

    question: str
    answers: tuple[str | int | float, ...]
    answer: int


class _NoAnswer(ValueError):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read(text: str) -> tuple[str, list[Located | Problem]]:
    """All questions and problems of the file, each by the line on which its entry begins. It has no title."""
    return "", list(_read(text))


def _read(text: str) -> Iterator[Located | Problem]:
    for item in json_elements.array(text, json_elements.first(text)):
        line, column = position(text, item.offset)
        if isinstance(item, Fault):
            yield Problem(line=line, column=column, title=None, message=item.message)
            continue
        try:
            entry = msgspec.convert(item.value, Entry)
            question = _question(entry)
        except (msgspec.ValidationError, ValueError) as error:
            reason = error.reason if isinstance(error, _NoAnswer) else reason_of(error)
            yield Problem(line=line, column=column, title=title_of(item.value, "question"), message=reason)
            continue
        yield Located(question=question, line=line, column=column, title=short_title(entry.question))


def _question(entry: Entry) -> Question:
    answers = tuple(str(answer).strip() for answer in entry.answers)
    if not 0 <= entry.answer < len(answers):
        raise _NoAnswer(reasons.ANSWER_INDEX(count=len(answers), got=entry.answer))
    prompt = entry.question.strip()
    if len(answers) == 1:
        return Question(type=QuestionType.TEXT, prompt=prompt, accepted=answers)
    return Question(type=QuestionType.SINGLE, prompt=prompt, choices=answers, correct=(entry.answer,))
