"""Importer of Quizline's own JSON: {"title": …, "questions": […]}, each as the domain's Question has it.

Errors are named by path as well: $.questions[3].choices.
"""

from collections.abc import Iterator
from dataclasses import fields

import msgspec

from shared.domain.quiz import Question
from shared.domain.reasons import Reason
from shared.importers import json_elements, reasons
from shared.importers.decoding import position
from shared.importers.imported import Located, Problem, asked_problems, short_title
from shared.importers.json_elements import Element, Fault

_KEYS = frozenset(field.name for field in fields(Question))


def read(text: str) -> tuple[str, list[Located | Problem]]:
    """The title and all questions and problems of the file."""
    title = ""
    found: list[Located | Problem] = []
    names = set()
    for name, offset, item in json_elements.members(text, json_elements.first(text)):
        names.add("" if isinstance(item, Fault) else name)
        if name == "questions":
            found.extend(_questions(text, offset))
        elif isinstance(item, Fault):
            found.append(_problem(text, item.offset, item.message))
        elif name != "title":
            found.append(_problem(text, offset, reasons.JSON_MEMBER(got=repr(name)), taken=True))
        elif isinstance(item.value, str):
            title = item.value.strip()
        else:
            found.append(_problem(text, offset, reasons.JSON_TITLE(), taken=True))
    if not names & {"", "questions"}:
        found.append(_problem(text, 0, reasons.JSON_NO_QUESTIONS()))
    return title, found


def reason_of(error: Exception, path: str = "$") -> Reason:
    """A validation error of msgspec in our words, its path under `path`."""
    if isinstance(error, UnicodeEncodeError):  # msgspec cannot even name a wrong value with such text in it
        return reasons.TEXT_SURROGATE().at(f"at {path}")
    message = str(error).replace("`", "")
    message = f"{message[:1].lower()}{message[1:]}"
    if " - at $" in message:
        return reasons.JSON_VALUE(detail=message.replace(" - at $", f" at {path}", 1))
    reason = reasons.JSON_VALUE(detail=message)
    return reason if path == "$" else reason.at(f"at {path}")


def _questions(text: str, start: int) -> Iterator[Located | Problem]:
    number = 0
    for item in json_elements.array(text, start):
        path = f"$.questions[{number}]"
        if isinstance(item, Fault):
            yield _problem(text, item.offset, item.message if item.between else item.message.at(f"at {path}"))
        else:
            yield from _question(text, item, path)
        number += not (isinstance(item, Fault) and item.between)


def _question(text: str, item: Element, path: str) -> Iterator[Located | Problem]:
    title = title_of(item.value, "prompt")
    try:
        question = msgspec.convert(item.value, Question)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        yield _problem(text, item.offset, reason_of(error, path), title=title)
        return
    problems = asked_problems(question)
    for reason in problems:
        yield _problem(text, item.offset, reason.at(f"at {path}"), title=title)
    unknown = item.value.keys() - _KEYS if isinstance(item.value, dict) else set()
    for key in sorted(unknown):
        message = reasons.JSON_KEY(got=repr(key)).at(f"at {path}")
        yield _problem(text, item.offset, message, title=title, taken=not problems)
    if problems:
        return
    line, column = position(text, item.offset)
    yield Located(question=question, line=line, column=column, title=title)


def title_of(value: object, key: str) -> str | None:
    """How the text under `key` begins, if the value has such."""
    text = value.get(key) if isinstance(value, dict) else None
    return short_title(text) if isinstance(text, str) else None


def _problem(text: str, offset: int, message: Reason, *, title: str | None = None, taken: bool = False) -> Problem:
    line, column = position(text, offset)
    return Problem(line=line, column=column, title=title, message=message, taken=taken)
