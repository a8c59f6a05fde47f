"""Answers in words. Values are in the author's order."""

from shared.domain.quiz import AnswerValue, Question, QuestionType

_BETWEEN = "; "
_THEN = " → "


def answer_words(question: Question, value: AnswerValue) -> str:
    """What was answered, as the player saw it."""
    match question.type:
        case QuestionType.TEXT | QuestionType.NUMBER:
            return value.text
        case QuestionType.ORDER:
            return _THEN.join(question.choices[index] for index in value.choices)
        case QuestionType.MATCH:
            pairs = zip(question.choices, value.choices, strict=True)
            return _BETWEEN.join(f"{choice}{_THEN}{question.targets[index]}" for choice, index in pairs)
        case _:
            return _BETWEEN.join(question.choices[index] for index in value.choices)


def correct_words(question: Question) -> str:
    """What would have been right; empty for a poll."""
    match question.type:
        case QuestionType.TEXT:
            return " | ".join(question.accepted)
        case QuestionType.NUMBER:
            number = question.accepted[0]
            return number if question.tolerance == "0" else f"{number} ± {question.tolerance}"
        case _:
            return answer_words(question, AnswerValue(choices=question.correct))
