"""score: what is an accepted answer worth? One guarded write; emits score.updated.

In a self-paced session with results at once it also tells the player: player.result-shown.
"""

from dataclasses import dataclass

from functions.unexpected import unexpected
from shared.domain.errors import MalformedEvent
from shared.domain.quiz import Quiz
from shared.domain.ranking import Result
from shared.events.catalog import PLAYER_RESULT, SCORE_UPDATED
from shared.events.event import Event, derive
from shared.events.payloads import (
    AnswerAccepted,
    PipelineWakeRequested,
    PlayerResult,
    ScoreUpdated,
    SessionChanged,
    SessionRebuildRequested,
)
from shared.events.scored import scored_answer
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
            case SessionChanged() | SessionRebuildRequested() | PipelineWakeRequested():
                return  # warms the pipeline
            case _:
                raise unexpected(event, "score")

    async def _score(self, event: Event, accepted: AnswerAccepted) -> None:
        scored = scored_answer(await self._quiz(accepted), accepted)
        result = await self.scores.add(event.subject, scored, changeable=accepted.changeable)
        events = [derive(event, SCORE_UPDATED, _updated(result), source=SOURCE)]
        if accepted.tells_result:
            events.append(derive(event, PLAYER_RESULT, _told(result), source=SOURCE))
        await self.publisher.publish(*events)

    async def _quiz(self, accepted: AnswerAccepted) -> Quiz:
        quiz = await self.quizzes.get(accepted.quiz_id, accepted.quiz_version)
        if quiz is None:
            raise MalformedEvent(f"expected a published quiz, got {accepted.quiz_id}@{accepted.quiz_version}")
        if accepted.question >= len(quiz.questions):
            raise MalformedEvent(
                f"expected a question from 0 to {len(quiz.questions) - 1}, got {accepted.question}"
            )
        return quiz


def _updated(result: Result) -> ScoreUpdated:
    return ScoreUpdated(
        player_id=result.player_id,
        nickname=result.nickname,
        joined_at_ms=result.joined_at_ms,
        question=result.question,
        correct=result.correct,
        points=result.points,
        elapsed_ms=result.elapsed_ms,
        answer_id=result.answer_id,
        received_at_ms=result.received_at_ms,
        team=result.team,
        streak_place=result.streak_place,
        starting_points=result.starting_points,
    )


def _told(result: Result) -> PlayerResult:
    return PlayerResult(
        player_id=result.player_id,
        answer_id=result.answer_id,
        question=result.question,
        correct=result.correct,
        points=result.points,
    )
