"""Answers in their author's order, whatever order the session showed; and which of several answers counts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.domain.player import Answer
from shared.domain.quiz import AnswerValue, Question, QuestionType
from shared.domain.shuffle import shown_question


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoredQuestion:
    """A question as written. `choices` and `targets`: the author's index of each shown one."""

    question: Question
    index: int
    choices: tuple[int, ...]
    targets: tuple[int, ...]

    def value(self, shown: AnswerValue) -> AnswerValue:
        """The answer as it would have been given to the question as written. What was picked is in its order."""
        match self.question.type:
            case QuestionType.TEXT | QuestionType.NUMBER:
                return shown
            case QuestionType.MATCH:
                pairs = zip(self.choices, shown.choices, strict=True)
                return AnswerValue(choices=tuple(self.targets[target] for _, target in sorted(pairs)))
            case QuestionType.MULTIPLE:
                return AnswerValue(choices=tuple(sorted(self.choices[place] for place in shown.choices)))
            case _:
                return AnswerValue(choices=tuple(self.choices[place] for place in shown.choices))


def authored_question(question: Question, *, index: int, seed: str, shuffled: bool) -> AuthoredQuestion:
    """Found by showing the question with its numbers in place of its texts: one rule of shuffling, not two."""
    numbered = replace(
        question,
        choices=tuple(str(number) for number in range(len(question.choices))),
        targets=tuple(str(number) for number in range(len(question.targets))),
    )
    shown = shown_question(numbered, index=index, seed=seed, shuffled=shuffled)
    return AuthoredQuestion(
        question=question,
        index=index,
        choices=tuple(int(number) for number in shown.choices),
        targets=tuple(int(number) for number in shown.targets),
    )


def counting_answers(answers: Iterable[Answer]) -> list[Answer]:
    """Each player's last answer to each question, in the order in which they came."""
    latest: dict[tuple[str, int], Answer] = {}
    for answer in sorted(answers, key=_order):
        latest[answer.player_id, answer.question] = answer
    return sorted(latest.values(), key=_order)


def _order(answer: Answer) -> tuple[int, str]:
    return answer.received_at_ms, answer.id
