"""Question banks as they are, in any format that shared/importers reads, published at once or not at all."""

import asyncio

from msgspec import Struct

from gateway.api.errors import ErrorDetail
from gateway.api.hosts import host_of
from gateway.api.operation import Call, Reply
from gateway.api.problems import quiz_problem
from gateway.library.publishing import Publishing
from gateway.results.turnstile import Turnstile
from shared.domain.errors import RefusalCode
from shared.domain.reasons import LocatedReason
from shared.importers.imported import Imported, Problem
from shared.importers.reasons import FILE_EMPTY

MOST_PROBLEMS = 200
DEFAULT_NAME = "quiz"
MOST_NAME = 200


class ImportProblem(Struct, frozen=True, kw_only=True):
    """`row`: line of a text, row of a spreadsheet; from 1, as is `column`. `title`: of the question. `code` is
    stable, and so are the names in `values`: for whoever tells it in another language."""

    row: int
    column: int | None
    title: str | None
    message: str
    code: str
    values: dict[str, str | int]


class QuizImported(Struct, frozen=True, kw_only=True):
    """The published quiz, and what of the file is not in it."""

    quiz_id: str
    version: int
    title: str
    question_count: int
    warnings: tuple[ImportProblem, ...]


class ImportRefused(Struct, frozen=True, kw_only=True):
    """Nothing was published. `problems`: the first of them, by row."""

    error: ErrorDetail
    problems: tuple[ImportProblem, ...]


class ImportHandlers:
    """One file at a time: reading one is all work and no waiting. All of it or nothing, unless asked to skip."""

    def __init__(self, publishing: Publishing) -> None:
        self._publishing = publishing
        self._turnstile = Turnstile(at_once=1, waiting=16, what="imports")

    async def publish(self, call: Call) -> Reply:
        name = call.query.get("name", DEFAULT_NAME)[-MOST_NAME:] or DEFAULT_NAME
        async with self._turnstile.passed():
            taken = await asyncio.to_thread(_imported, call.body, name)
        lost = [problem for problem in taken.problems if not problem.taken]
        if not taken.questions or (lost and call.query.get("skip") != "true"):
            return Reply(422, _refused(lost))
        quiz = await self._publishing.publish(host_of(call), taken.title, taken.questions)
        return Reply(
            201,
            QuizImported(
                quiz_id=quiz.id,
                version=quiz.version,
                title=taken.title,
                question_count=len(taken.questions),
                warnings=_told(list(taken.problems)),
            ),
        )


def _imported(content: bytes, name: str) -> Imported:
    # Grammar, Markdown and spreadsheets: 100 ms of imports that only the first import of a gateway waits for.
    from shared.importers.registry import import_questions

    return import_questions(content, name=name)


def _refused(lost: list[Problem]) -> ImportRefused:
    count = len(lost)
    message = f"expected a file whose questions can all be taken, got {count} problem{'' if count == 1 else 's'}"
    detail = ErrorDetail(code=RefusalCode.QUIZ_INVALID, message=message)
    return ImportRefused(error=detail if lost else _empty(), problems=_told(lost))


def _empty() -> ErrorDetail:
    reason = quiz_problem(LocatedReason(question=None, reason=FILE_EMPTY()))
    return ErrorDetail(code=RefusalCode.QUIZ_INVALID, message=reason.message, reasons=(reason,))


def _told(problems: list[Problem]) -> tuple[ImportProblem, ...]:
    return tuple(
        ImportProblem(
            row=problem.line,
            column=problem.column,
            title=problem.title,
            message=str(problem.message),
            code=problem.message.code,
            values=dict(problem.message.values),
        )
        for problem in problems[:MOST_PROBLEMS]
    )
