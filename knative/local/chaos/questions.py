"""The quiz of a chaos run: every type of question in turn, each for long enough that no fault outlasts it."""

import itertools
from dataclasses import replace

from shared.domain.quiz import Question, QuestionType

# Longer than the longest cut and what follows; the host closes a question as soon as everybody has answered.
TIME_LIMIT_MS = 120_000

_EVERY_TYPE = (
    Question(
        type=QuestionType.SINGLE, prompt="The largest planet?", choices=("Mars", "Jupiter", "Venus"), correct=(1,)
    ),
    Question(type=QuestionType.MULTIPLE, prompt="Which are even?", choices=("2", "3", "4"), correct=(0, 2)),
    Question(type=QuestionType.TRUE_FALSE, prompt="Water is wet", choices=("True", "False"), correct=(0,)),
    Question(type=QuestionType.TEXT, prompt="Who wrote the first program?", accepted=("Ada Lovelace", "Ada")),
    Question(type=QuestionType.NUMBER, prompt="Pi?", accepted=("3.14",), tolerance="0.01", points=500),
    Question(type=QuestionType.ORDER, prompt="From small to large", choices=("b", "c", "a"), correct=(2, 0, 1)),
    Question(
        type=QuestionType.MATCH,
        prompt="Capitals",
        choices=("France", "Peru"),
        targets=("Lima", "Paris", "Rome"),
        correct=(1, 0),
    ),
    Question(type=QuestionType.POLL, prompt="Tea or coffee?", choices=("Tea", "Coffee")),
)


def chaos_questions(count: int) -> tuple[Question, ...]:
    """So many, each with another prompt."""
    kinds = itertools.islice(itertools.cycle(_EVERY_TYPE), count)
    return tuple(
        replace(question, prompt=f"{number}. {question.prompt}", time_limit_ms=TIME_LIMIT_MS)
        for number, question in enumerate(kinds, start=1)
    )
