"""What an import gives back: the questions that were taken, and what was not, by line."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.quiz import Question, question_problems

TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something the file says that Quizline cannot do, at `line` and `column`, both from 1.

    `taken`: the question is there all the same, without what the message names.
    """

    line: int
    column: int | None
    title: str | None
    message: str
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """`title` for the quiz, the questions in the order of the file, the problems by line."""

    title: str
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A question and where its file has it."""

    question: Question
    line: int
    column: int | None = None
    title: str | None = None


def imported(title: str, found: Iterable[Located | Problem]) -> Imported:
    """Sort what an importer found into questions that can be asked and problems."""
    questions: list[Question] = []
    problems: list[Problem] = []
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        reasons = asked_problems(item.question)
        if not reasons:
            questions.append(item.question)
        problems.extend(
            Problem(line=item.line, column=item.column, title=item.title, message=reason) for reason in reasons
        )
    return Imported(title=title, questions=tuple(questions), problems=tuple(problems))


def asked_problems(question: Question) -> list[str]:
    """Why the question cannot be asked: the domain's reasons, and text that no encoding can carry."""
    reasons = list(question_problems(question))
    texts = (question.prompt, *question.choices, *question.accepted, question.image_url)
    if any("\ud800" <= char <= "\udfff" for text in texts for char in text):
        reasons.append("expected text, got half of a surrogate pair")
    if any("\x00" in text for text in texts):
        reasons.append("expected text, got a NUL character")
    return reasons


def short_title(text: str) -> str | None:
    """The beginning of a question's text on one line, to find it again by; None for no text."""
    line = " ".join(text.split())
    if len(line) > TITLE_LENGTH:
        return line[: TITLE_LENGTH - 1] + "…"
    return line or None
