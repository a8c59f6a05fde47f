"""Quizzes for end-to-end tests."""

from shared.domain.quiz import Question, QuestionType

EVERY_TYPE = (
    Question(type=QuestionType.SINGLE, prompt="Which is the largest?", choices=("a", "b", "c"), correct=(1,)),
    Question(type=QuestionType.MULTIPLE, prompt="Which are even?", choices=("2", "3", "4"), correct=(0, 2)),
    Question(type=QuestionType.TRUE_FALSE, prompt="Is water wet?", choices=("True", "False"), correct=(0,)),
    Question(type=QuestionType.TEXT, prompt="Who wrote the first program?", accepted=("Ada Lovelace", "Ada")),
    Question(type=QuestionType.NUMBER, prompt="Pi?", accepted=("3.14",), tolerance="0.01", points=500),
    Question(type=QuestionType.ORDER, prompt="From small to large", choices=("b", "c", "a"), correct=(2, 0, 1)),
    Question(
        type=QuestionType.MATCH,
        prompt="Which capital?",
        choices=("France", "Japan"),
        targets=("Paris", "Tokyo", "Rome"),
        correct=(0, 1),
    ),
    Question(type=QuestionType.POLL, prompt="Tea or coffee?", choices=("Tea", "Coffee")),
)
