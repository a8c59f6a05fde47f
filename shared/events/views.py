"""The public view of a session, as its events and the gateway's snapshots show it."""

from shared.domain.quiz import Question, Quiz
from shared.domain.session import Phase, Session
from shared.events import catalog
from shared.events.catalog import EventType
from shared.events.payloads import QuestionView, Reveal, SessionChanged


def session_changed(session: Session, quiz: Quiz) -> SessionChanged:
    """The whole public state of `session`. The key of its present question only once that question is closed."""
    in_question = session.question >= 0
    revealed = in_question and session.phase is not Phase.QUESTION_OPEN
    question = quiz.questions[session.question] if in_question else None
    return SessionChanged(
        version=session.version,
        phase=session.phase,
        title=quiz.title,
        question_count=len(quiz.questions),
        question=_question_view(session, question) if question is not None else None,
        reveal=Reveal(correct=question.correct, accepted=question.accepted)
        if question is not None and revealed
        else None,
    )


def session_event_type(phase: Phase) -> EventType:
    """The type of the event that announces that a session entered `phase`."""
    return {
        Phase.LOBBY: catalog.SESSION_OPENED,
        Phase.QUESTION_OPEN: catalog.QUESTION_OPENED,
        Phase.QUESTION_CLOSED: catalog.QUESTION_CLOSED,
        Phase.FINISHED: catalog.SESSION_FINISHED,
    }[phase]


def _question_view(session: Session, question: Question) -> QuestionView:
    timing = session.timings[session.question]
    return QuestionView(
        index=session.question,
        type=question.type,
        prompt=question.prompt,
        choices=question.choices,
        time_limit_ms=question.time_limit_ms,
        points=question.points,
        image_url=question.image_url,
        opened_at_ms=timing.opened_at_ms,
        closes_at_ms=timing.closes_at_ms,
    )
