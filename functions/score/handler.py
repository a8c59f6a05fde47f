"""score: what is an accepted answer worth? One guarded write; emits score.updated."""

from dataclasses import dataclass

from functions.unexpected import unexpected
from shared.domain.errors import MalformedEvent
from shared.domain.marking import is_correct, value_problem
from shared.domain.quiz import AnswerValue, Question
from shared.domain.ranking import Result
from shared.domain.scoring import points_for
from shared.events.catalog import SCORE_UPDATED
from shared.events.event import Event, derive
from shared.events.payloads import AnswerAccepted, ScoreUpdated, SessionChanged, SessionRebuildRequested
from shared.ports.publisher import Publisher
from shared.ports.quizzes import Quizzes
from shared.ports.scores import Scores

SOURCE = "/quizline/functions/score"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreHandler:
    """The stored score decides: a redelivery finds it and emits the same event again."""

    quizzes: Quizzes
    scores: Scores
    publisher: Publisher

    async def handle(self, event: Event) -> None:
        match event.data:
            case AnswerAccepted() as accepted:
                await self._score(event, accepted)
            case SessionChanged() | SessionRebuildRequested():
                return  # warms the pipeline
            case _:
                raise unexpected(event, "score")

    async def _score(self, event: Event, accepted: AnswerAccepted) -> None:
        result = await self.scores.add(event.subject, _result(await self._question(accepted), accepted))
        payload = ScoreUpdated(
            player_id=result.player_id,
            nickname=result.nickname,
            joined_at_ms=result.joined_at_ms,
            question=result.question,
            correct=result.correct,
            points=result.points,
            elapsed_ms=result.elapsed_ms,
        )
        await self.publisher.publish(derive(event, SCORE_UPDATED, payload, source=SOURCE))

    async def _question(self, accepted: AnswerAccepted) -> Question:
        quiz = await self.quizzes.get(accepted.quiz_id, accepted.quiz_version)
        if quiz is None:
            raise MalformedEvent(f"expected a published quiz, got {accepted.quiz_id}@{accepted.quiz_version}")
        if accepted.question >= len(quiz.questions):
            raise MalformedEvent(
                f"expected a question from 0 to {len(quiz.questions) - 1}, got {accepted.question}"
            )
        return quiz.questions[accepted.question]


def _result(question: Question, accepted: AnswerAccepted) -> Result:
    value = AnswerValue(choices=accepted.value.choices, text=accepted.value.text)
    problem = value_problem(question, value)
    if problem is not None:
        raise MalformedEvent(f"value of {accepted.answer_id!r}: {problem}")
    correct = is_correct(question, value)
    return Result(
        player_id=accepted.player_id,
        nickname=accepted.nickname,
        joined_at_ms=accepted.joined_at_ms,
        question=accepted.question,
        correct=correct,
        points=points_for(accepted.policy, question, correct=correct, elapsed_ms=accepted.elapsed_ms),
        elapsed_ms=accepted.elapsed_ms,
    )
