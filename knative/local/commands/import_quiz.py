"""`quizline import FILE`: reads a question bank, says what was taken and what was not, publishes what was.

The questions go to standard output; problems to standard error, one line each as compilers write them.
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from knative.local.commands.failure import CommandRefused, failures
from knative.local.home import home_from
from knative.local.state import State, read_state
from shared.client.errors import ClientError
from shared.client.host import HostClient, QuizRef
from shared.client.http import Gateways, open_http
from shared.domain.quiz import CHOICE_TYPES, Question, QuestionType
from shared.importers.imported import Imported
from shared.importers.registry import FORMATS, import_questions


def import_quiz(path: Path, *, format: str | None = None, check: bool = False, strict: bool = False) -> None:
    """Import the bank at `path` into the running system; with `check`, only say what would be taken.

    Exit code 1 if nothing was taken, or in a check if anything was not. `strict`: one question lost loses all.
    """
    with failures():
        taken = _read(path, format=format, strict=strict)
        _show(path, taken)
        lost = any(not problem.taken for problem in taken.problems)
        if not taken.questions or (check and lost):
            sys.exit(1)
        if not check:
            _publish(taken, read_state(home_from()))


def answers_line(question: Question) -> str:
    """What is asked for, the right choices marked, as a host wants to proof-read it."""
    if question.type is QuestionType.NUMBER:
        return f"{question.accepted[0]} ± {question.tolerance}"
    if question.type not in CHOICE_TYPES:
        return " | ".join(question.accepted)
    if question.type is QuestionType.MATCH:
        pairs = zip(question.choices, question.correct, strict=True)
        return " | ".join(f"{choice} → {question.targets[index]}" for choice, index in pairs)
    if question.type is QuestionType.ORDER:
        return " → ".join(question.choices[index] for index in question.correct)
    marked = (f"✔ {choice}" if i in question.correct else choice for i, choice in enumerate(question.choices))
    return " | ".join(marked)


def _read(path: Path, *, format: str | None, strict: bool) -> Imported:
    if format is not None and format not in FORMATS:
        raise CommandRefused(f"expected a format of {', '.join(FORMATS)}, got {format!r}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandRefused(f"expected a file that can be read: {error}") from error
    return import_questions(content, name=path.name, format=format, strict=strict)


def _show(path: Path, taken: Imported) -> None:
    table = Table("", "type", "question", "answer", title=Text(taken.title), title_justify="left")
    for number, question in enumerate(taken.questions, start=1):
        # Text objects, not markup: a bank's own [brackets] are shown as they are.
        table.add_row(*(Text(text) for text in _row(number, question)))
    if taken.questions:
        Console().print(table)
    for problem in taken.problems:
        print(problem.told(path.name), file=sys.stderr)
    lost = len({problem.line for problem in taken.problems if not problem.taken})
    count = len(taken.questions)
    print(f"{path.name}: {count} question{'' if count == 1 else 's'} taken, {lost} not taken", file=sys.stderr)


def _row(number: int, question: Question) -> Iterator[str]:
    yield str(number)
    yield question.type
    yield question.prompt
    yield answers_line(question)


def _publish(taken: Imported, state: State) -> None:
    try:
        quiz = asyncio.run(_created(taken, state))
    except ClientError as error:
        raise CommandRefused(str(error)) from error
    print(f"published {taken.title!r} as quiz {quiz.quiz_id}, version {quiz.version}")
    print(f"host it at {state.host_url}")


async def _created(taken: Imported, state: State) -> QuizRef:
    async with open_http() as http:
        host = HostClient(Gateways(http, state.gateway_urls))
        return await host.create_quiz(taken.title, taken.questions)
