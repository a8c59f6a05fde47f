"""The public view of a session, as its events and the gateway's snapshots show it."""

from types import MappingProxyType

from shared.domain.quiz import Question, Quiz
from shared.domain.session import Phase, Session, Timing
from shared.domain.shuffle import shown_question
from shared.events import catalog
from shared.events.catalog import EventType
from shared.events.payloads import QuestionView, Reveal, SessionChanged, SettingsView

_TYPES = MappingProxyType(
    {
        Phase.LOBBY: catalog.SESSION_OPENED,
        Phase.QUESTION_OPEN: catalog.QUESTION_OPENED,
        Phase.QUESTION_CLOSED: catalog.QUESTION_CLOSED,
        Phase.LEADERBOARD: catalog.LEADERBOARD_SHOWN,
        Phase.RUNNING: catalog.SESSION_STARTED,
        Phase.FINISHED: catalog.SESSION_FINISHED,
    }
)


def session_event_type(phase: Phase) -> EventType:
    """The type of the event that announces a session in `phase`."""
    return _TYPES[phase]


def session_changed(session: Session, quiz: Quiz) -> SessionChanged:
    """The whole public state of `session`. The key of its present question only once that question is closed."""
    in_question = session.question >= 0
    revealed = in_question and session.phase is not Phase.QUESTION_OPEN
    question = question_in(session, quiz, session.question) if in_question else None
    return SessionChanged(
        version=session.version,
        phase=session.phase,
        title=quiz.title,
        question_count=len(quiz.questions),
        question=None
        if question is None
        else question_view(question, session.question, session.timings[session.question]),
        reveal=Reveal(correct=question.correct, accepted=question.accepted)
        if question is not None and revealed
        else None,
        settings=_settings_view(session),
        locked=session.locked,
        cancelled=session.cancelled,
        ends_at_ms=session.ends_at_ms,
        removed=session.removed,
    )


def question_in(session: Session, quiz: Quiz, index: int) -> Question:
    """Question `index` as this session shows it."""
    return shown_question(
        quiz.questions[index], index=index, seed=session.seed, shuffled=session.settings.shuffle_choices
    )


def question_view(question: Question, index: int, timing: Timing) -> QuestionView:
    """A shown question without its key."""
    return QuestionView(
        index=index,
        type=question.type,
        prompt=question.prompt,
        choices=question.choices,
        targets=question.targets,
        time_limit_ms=question.time_limit_ms,
        points=question.points,
        image_url=question.image_url,
        opened_at_ms=timing.opened_at_ms,
        closes_at_ms=timing.closes_at_ms,
    )


def _settings_view(session: Session) -> SettingsView:
    settings = session.settings
    return SettingsView(
        pacing=settings.pacing,
        results=settings.results,
        answer_change=settings.answer_change,
        streak_bonus=settings.rules.streak_bonus,
        penalty_percent=settings.rules.penalty_percent,
        teams=settings.teams,
        language=settings.language,
        reveal_ms=settings.reveal_ms,
        reactions=settings.reactions,
    )
