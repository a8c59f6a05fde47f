"""What an import gives back: the questions that were taken, and what was not, by line."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.quiz import Question, question_problems
from shared.domain.reasons import Reason
from shared.importers import reasons

TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something the file says that Quizline cannot do, at `line` and `column`, both from 1.

    `taken`: the question is there all the same, without what the message names.
    """

    line: int
    column: int | None
    title: str | None
    message: Reason
    taken: bool = False

    def told(self, name: str) -> str:
        """One line for people, as compilers write them: file:line:column: kind: message (title)."""
        place = f"{name}:{self.line}" + (f":{self.column}" if self.column else "")
        kind = "warning" if self.taken else "not taken"
        return f"{place}: {kind}: {self.message}" + (f" ({self.title})" if self.title else "")


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
        found_wrong = asked_problems(item.question)
        if not found_wrong:
            questions.append(item.question)
        problems.extend(
            Problem(line=item.line, column=item.column, title=item.title, message=reason) for reason in found_wrong
        )
    return Imported(title=title, questions=tuple(questions), problems=tuple(problems))


def asked_problems(question: Question) -> list[Reason]:
    """Why the question cannot be asked: the domain's reasons, and characters that are no text."""
    problems = list(question_problems(question))
    texts = (question.prompt, *question.choices, *question.targets, *question.accepted, question.image_url)
    if any("\ud800" <= char <= "\udfff" for text in texts for char in text):
        problems.append(reasons.TEXT_SURROGATE())
    controls = {char for text in texts for char in text if unicodedata.category(char) == "Cc"} - {"\n", "\t"}
    if controls:
        named = ", ".join(f"U+{ord(char):04X}" for char in sorted(controls))
        problems.append(reasons.TEXT_CONTROL(got=named))
    return problems


def short_title(text: str) -> str | None:
    """The beginning of a question's text on one line, to find it again by; None for no text."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
    if len(line) > TITLE_LENGTH:
        return line[: TITLE_LENGTH - 1] + "…"
    return line or None
