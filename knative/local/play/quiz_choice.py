"""Which quiz is played: one that ships, by name, or a file in any format that shared/importers reads."""

from dataclasses import dataclass
from pathlib import Path

from shared.domain.quiz import Question
from shared.importers import Problem, import_questions

SHIPPED = Path(__file__).resolve().parents[1] / "quizzes"


class QuizNotFound(Exception):
    """No such file and no such shipped quiz; the message lists those that ship."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenQuiz:
    """`problems`: what the file says that could not be taken, by line; `source` is the file."""

    source: Path
    title: str
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]

    def problem_lines(self) -> list[str]:
        """One line each, as compilers write them: file:line:column: message."""
        return [self._line(problem) for problem in self.problems]

    def _line(self, problem: Problem) -> str:
        place = f"{self.source.name}:{problem.line}" + (f":{problem.column}" if problem.column else "")
        kind = "warning" if problem.taken else "not taken"
        title = f" ({problem.title})" if problem.title else ""
        return f"{place}: {kind}: {problem.message}{title}"


def chosen_quiz(name: str, *, at_most: int | None = None) -> ChosenQuiz:
    """The quiz `name`: a path, else a shipped one. Raises QuizNotFound, OSError.

    `at_most`: the first so many questions only.
    """
    source = _source(name)
    imported = import_questions(source.read_bytes(), name=source.name)
    return ChosenQuiz(
        source=source,
        title=imported.title,
        questions=imported.questions[:at_most],
        problems=imported.problems,
    )


def shipped_names() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.json"))


def _source(name: str) -> Path:
    path = Path(name).expanduser()
    if path.is_file():
        return path
    shipped = SHIPPED / f"{name.removesuffix('.json')}.json"
    if shipped.is_file() and shipped.parent == SHIPPED:
        return shipped
    raise QuizNotFound(
        f"expected a file or one of {', '.join(shipped_names()) or 'no shipped quiz'}, got {name!r}"
    )
