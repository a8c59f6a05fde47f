"""A reason as the API tells it: the English sentence, and what another language says it by."""

from msgspec import Struct

from shared.domain.reasons import LocatedReason


class QuizProblem(Struct, frozen=True, kw_only=True):
    """`question`: from 0, null for the whole. `code` is stable, and so are the names in `values`."""

    question: int | None
    message: str
    code: str
    values: dict[str, str | int]


def quiz_problem(problem: LocatedReason) -> QuizProblem:
    reason = problem.reason
    return QuizProblem(
        question=problem.question, message=str(reason), code=reason.code, values=dict(reason.values)
    )
