"""Which quiz is played: one that ships, by name, or files in any format that shared/importers reads."""

from dataclasses import dataclass
from pathlib import Path

from shared.domain.quiz import MAX_QUESTIONS, Question
from shared.importers.registry import import_questions

SHIPPED = Path(__file__).resolve().parents[1] / "quizzes"
PATTERN = frozenset("*?[")


class QuizNotFound(Exception):
    """No such file and no such shipped quiz; the message lists those that ship."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenQuiz:
    """`problem_lines`: what the files say that could not be taken: file:line:column: kind: message."""

    sources: tuple[Path, ...]
    title: str
    questions: tuple[Question, ...]
    problem_lines: tuple[str, ...]


def chosen_quiz(name: str, *, at_most: int | None = None) -> ChosenQuiz:
    """The quiz `name`: a path, a pattern (`banks/*.gift`: all of them as one quiz), else a shipped one.

    `at_most`: the first so many questions only. Raises QuizNotFound, OSError.
    """
    sources = _sources(name)
    imported = [(path, import_questions(path.read_bytes(), name=path.name)) for path in sources]
    questions = [question for _, bank in imported for question in bank.questions]
    return ChosenQuiz(
        sources=sources,
        title=imported[0][1].title if len(imported) == 1 else f"{len(imported)} question banks",
        questions=tuple(questions[: min(at_most or MAX_QUESTIONS, MAX_QUESTIONS)]),
        problem_lines=tuple(problem.told(path.name) for path, bank in imported for problem in bank.problems),
    )


def shipped_names() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.json"))


def _sources(name: str) -> tuple[Path, ...]:
    path = Path(name).expanduser()
    if path.is_file():
        return (path,)
    shipped = SHIPPED / f"{name.removesuffix('.json')}.json"
    if shipped.is_file() and shipped.parent == SHIPPED:
        return (shipped,)
    if PATTERN & set(path.name) and path.parent.is_dir():
        matching = sorted(match for match in path.parent.glob(path.name) if match.is_file())
        if matching:
            return tuple(matching)
    raise QuizNotFound(
        f"expected a file or one of {', '.join(shipped_names()) or 'no shipped quiz'}, got {name!r}"
    )
