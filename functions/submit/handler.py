"""submit: does this answer count? Stores it; emits answer.accepted or answer.refused.

In a self-paced session it also opens each player's next question (opening.py).
"""

from dataclasses import dataclass

from functions.submit.opening import QuestionOpener
from functions.unexpected import unexpected
from shared.domain.admission import check_answer, check_in_session, timing_of
from shared.domain.errors import MalformedEvent, Refusal, RefusalCode
from shared.domain.player import Answer, Player
from shared.domain.quiz import AnswerValue, Question
from shared.domain.self_pacing import own_timing
from shared.domain.session import Session, Timing
from shared.domain.settings import Pacing, player_team
from shared.events.catalog import ANSWER_ACCEPTED, ANSWER_REFUSED
from shared.events.event import Event, derive
from shared.events.payloads import (
    AnswerAccepted,
    AnswerRefused,
    AnswerSubmitted,
    QuestionRequested,
    SessionChanged,
    SessionRebuildRequested,
    Value,
)
from shared.events.views import question_in
from shared.ports.answers import Answers
from shared.ports.openings import Openings
from shared.ports.players import Players
from shared.ports.publisher import Publisher
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions

SOURCE = "/quizline/functions/submit"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitHandler:
    """The stored answer decides: a redelivered one finds itself and is accepted again under the same event id."""

    sessions: Sessions
    quizzes: Quizzes
    players: Players
    answers: Answers
    openings: Openings
    publisher: Publisher
    opener: QuestionOpener

    async def handle(self, event: Event) -> None:
        match event.data:
            case AnswerSubmitted() as submitted:
                await self._submit(event, submitted)
            case QuestionRequested() as requested:
                await self.opener.open(event, requested)
            case SessionChanged() | SessionRebuildRequested():
                return  # warms the pipeline
            case _:
                raise unexpected(event, "submit")

    async def _submit(self, event: Event, submitted: AnswerSubmitted) -> None:
        session = await self.sessions.get(event.subject)
        if session is None:
            raise MalformedEvent(f"expected a known session, got {event.subject!r}")
        try:
            player = await self._player(session, submitted)
            answer = await self._accepted(session, submitted)
        except Refusal as refusal:
            await self.publisher.publish(_refused(event, submitted, refusal))
            return
        await self.publisher.publish(_accepted(event, session, player, answer))

    async def _player(self, session: Session, submitted: AnswerSubmitted) -> Player:
        player = await self.players.get(session.id, submitted.player_id)
        if player is None:
            raise Refusal(RefusalCode.PLAYER_UNKNOWN, "expected a player of this session, got somebody else")
        return player

    async def _accepted(self, session: Session, submitted: AnswerSubmitted) -> Answer:
        try:
            elapsed_ms = await self._checked(session, submitted)
        except Refusal:
            # Judged by an older state it may have been accepted already; then that stands.
            given = await self.answers.given(session.id, submitted.question, submitted.player_id)
            earlier = next((answer for answer in given if answer.id == submitted.answer_id), None)
            if earlier is None:
                raise
            return earlier
        stored = await self.answers.add(
            _answer(session, submitted, elapsed_ms), changeable=session.settings.answer_change
        )
        if stored.id != submitted.answer_id:
            raise Refusal(
                RefusalCode.ANSWER_ALREADY_GIVEN,
                f"expected one answer to question {submitted.question + 1}, got another; the first counts",
            )
        return stored

    async def _checked(self, session: Session, submitted: AnswerSubmitted) -> int:
        """Milliseconds from the question's opening, by the newest state wherever the cached one says no."""
        try:
            return await self._elapsed_ms(session, submitted)
        except Refusal:
            current = await self.sessions.get_current(session.id)
            if current is None or current.version == session.version:
                raise
            return await self._elapsed_ms(current, submitted)

    async def _elapsed_ms(self, session: Session, submitted: AnswerSubmitted) -> int:
        check_in_session(session, submitted.player_id)
        return check_answer(
            await self._question(session, submitted.question),
            await self._timing(session, submitted),
            index=submitted.question,
            value=AnswerValue(choices=submitted.value.choices, text=submitted.value.text),
            received_at_ms=submitted.received_at_ms,
        )

    async def _question(self, session: Session, index: int) -> Question | None:
        quiz = await self.quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise MalformedEvent(f"expected a published quiz, got {session.quiz_id}@{session.quiz_version}")
        return question_in(session, quiz, index) if index < len(quiz.questions) else None

    async def _timing(self, session: Session, submitted: AnswerSubmitted) -> Timing | None:
        """The session's clock for the question, or the player's own."""
        if session.settings.pacing is not Pacing.PLAYER:
            return timing_of(session, submitted.question)
        opening = await self.openings.get(session.id, submitted.question, submitted.player_id)
        return None if opening is None else own_timing(session, opening)


def _answer(session: Session, submitted: AnswerSubmitted, elapsed_ms: int) -> Answer:
    return Answer(
        id=submitted.answer_id,
        session_id=session.id,
        player_id=submitted.player_id,
        question=submitted.question,
        value=AnswerValue(choices=submitted.value.choices, text=submitted.value.text),
        received_at_ms=submitted.received_at_ms,
        elapsed_ms=elapsed_ms,
    )


def _accepted(event: Event, session: Session, player: Player, answer: Answer) -> Event:
    """Everything from what is stored, so that a redelivery emits the very same event."""
    rules = session.rules
    payload = AnswerAccepted(
        answer_id=answer.id,
        player_id=player.id,
        nickname=player.nickname,
        joined_at_ms=player.joined_at_ms,
        question=answer.question,
        value=Value(choices=answer.value.choices, text=answer.value.text),
        received_at_ms=answer.received_at_ms,
        elapsed_ms=answer.elapsed_ms,
        quiz_id=session.quiz_id,
        quiz_version=session.quiz_version,
        policy=rules.policy,
        penalty_percent=rules.penalty_percent,
        partial_credit=rules.partial_credit,
        streak_bonus=rules.streak_bonus,
        shuffle_seed=session.seed,
        shuffled=session.settings.shuffle_choices,
        changeable=session.settings.answer_change,
        tells_result=_tells_result(session),
        team=player_team(session.settings, player),
        starting_points=player.starting_points,
    )
    return derive(event, ANSWER_ACCEPTED, payload, source=SOURCE)


def _tells_result(session: Session) -> bool:
    """Whether the player is told the result of this answer alone: with a board for all, it shows there."""
    return session.settings.pacing is Pacing.PLAYER and not session.settings.hides_results


def _refused(event: Event, submitted: AnswerSubmitted, refusal: Refusal) -> Event:
    payload = AnswerRefused(
        answer_id=submitted.answer_id,
        player_id=submitted.player_id,
        question=submitted.question,
        code=refusal.code,
        message=refusal.message,
    )
    return derive(event, ANSWER_REFUSED, payload, source=SOURCE)
