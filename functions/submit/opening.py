"""Opening a question for one player of a self-paced session; emits player.question-opened or question.refused."""

from dataclasses import dataclass

from shared.domain.admission import check_in_session
from shared.domain.errors import MalformedEvent, Refusal, RefusalCode
from shared.domain.self_pacing import Opening, check_opening, own_timing
from shared.domain.session import Session
from shared.events.catalog import PLAYER_QUESTION_OPENED, QUESTION_REFUSED
from shared.events.event import Event, derive
from shared.events.payloads import PlayerQuestionOpened, QuestionRefused, QuestionRequested
from shared.events.views import question_in, question_view
from shared.ports.answers import Answers
from shared.ports.clock import Clock
from shared.ports.openings import Openings
from shared.ports.players import Players
from shared.ports.publisher import Publisher
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions

SOURCE = "/quizline/functions/submit"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOpener:
    """The stored opening decides when the player's clock began: asking again, or a redelivery, finds it.

    It is stamped here and not when the gateway took the request: the time that a sleeping function needs to wake
    is not the player's.
    """

    sessions: Sessions
    quizzes: Quizzes
    players: Players
    answers: Answers
    openings: Openings
    publisher: Publisher
    clock: Clock

    async def open(self, event: Event, requested: QuestionRequested) -> None:
        session = await self.sessions.get_current(event.subject)
        if session is None:
            raise MalformedEvent(f"expected a known session, got {event.subject!r}")
        try:
            opening = await self._opening(session, requested)
        except Refusal as refusal:
            await self.publisher.publish(_refused(event, requested, refusal))
            return
        await self.publisher.publish(await self._opened(event, session, requested, opening))

    async def _opening(self, session: Session, requested: QuestionRequested) -> Opening:
        player_id, question = requested.player_id, requested.question
        if await self.players.get(session.id, player_id) is None:
            raise Refusal(RefusalCode.PLAYER_UNKNOWN, "expected a player of this session, got somebody else")
        check_in_session(session, player_id)
        earlier = await self.openings.get(session.id, question, player_id)
        if earlier is not None:
            return earlier
        previous = question > 0 and await self.openings.get(session.id, question - 1, player_id) is not None
        now_ms = self.clock.now_ms()
        check_opening(session, question=question, has_previous=previous, now_ms=now_ms)
        return await self.openings.add(
            Opening(session_id=session.id, player_id=player_id, question=question, opened_at_ms=now_ms)
        )

    async def _opened(
        self, event: Event, session: Session, requested: QuestionRequested, opening: Opening
    ) -> Event:
        quiz = await self.quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise MalformedEvent(f"expected a published quiz, got {session.quiz_id}@{session.quiz_version}")
        given = await self.answers.given(session.id, opening.question, opening.player_id)
        question = question_in(session, quiz, opening.question)
        payload = PlayerQuestionOpened(
            request_id=requested.request_id,
            player_id=opening.player_id,
            question=question_view(question, opening.question, own_timing(session, opening)),
            answered=bool(given),
        )
        return derive(event, PLAYER_QUESTION_OPENED, payload, source=SOURCE)


def _refused(event: Event, requested: QuestionRequested, refusal: Refusal) -> Event:
    payload = QuestionRefused(
        request_id=requested.request_id,
        player_id=requested.player_id,
        question=requested.question,
        code=refusal.code,
        message=refusal.message,
    )
    return derive(event, QUESTION_REFUSED, payload, source=SOURCE)
