"""Publishing quizzes."""

import hashlib
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from gateway.api.operation import Call, Reply
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.identifiers import derived_id
from shared.domain.quiz import MAX_QUESTIONS, Question, Quiz, quiz_problems
from shared.ports.quizzes import Quizzes

MOST_PROBLEMS_SHOWN = 20


class QuizBody(Struct, frozen=True, kw_only=True):
    """A quiz to publish."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    questions: Annotated[tuple[Question, ...], Meta(min_length=1, max_length=MAX_QUESTIONS)]


class QuizPublished(Struct, frozen=True, kw_only=True):
    """The name of a published quiz, for ever."""

    quiz_id: str
    version: int


class QuizHandlers:
    """Anyone may publish: a quiz is known only to those who know its id."""

    def __init__(self, quizzes: Quizzes) -> None:
        self._quizzes = quizzes

    async def publish(self, call: Call) -> Reply:
        """The id derives from the content: the same quiz again is the same quiz."""
        body: QuizBody = call.body
        return Reply(201, await self.store(body.title, body.questions))

    async def store(self, title: str, questions: Sequence[Question]) -> QuizPublished:
        """Raises Refusal QUIZ_INVALID with every reason."""
        asked = tuple(questions)
        problems = quiz_problems(title, asked)
        if problems:
            raise Refusal(RefusalCode.QUIZ_INVALID, _shown(problems))
        content = msgspec.json.encode(QuizBody(title=title, questions=asked))
        digest = hashlib.sha256(content).hexdigest()
        quiz = Quiz(id=derived_id(digest, "quiz"), version=1, title=title.strip(), questions=asked)
        await self._quizzes.add(quiz)
        return QuizPublished(quiz_id=quiz.id, version=quiz.version)


def _shown(problems: list[str]) -> str:
    shown = "; ".join(problems[:MOST_PROBLEMS_SHOWN])
    more = len(problems) - MOST_PROBLEMS_SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown
