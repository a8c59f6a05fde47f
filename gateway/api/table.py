"""The route table of the HTTP API: routes and /openapi.json are both made from it."""

from dataclasses import dataclass

from gateway.api.answers import AnswerHandlers
from gateway.api.attendance import AttendanceHandlers
from gateway.api.counts import CountsHandlers
from gateway.api.drafts import DraftHandlers
from gateway.api.hosting import HostingHandlers
from gateway.api.hosts import HostHandlers
from gateway.api.images import ImageHandlers
from gateway.api.imports import ImportHandlers
from gateway.api.leaderboards import LeaderboardHandlers
from gateway.api.operation import Operation
from gateway.api.players import PlayerHandlers
from gateway.api.practices import PracticeHandlers
from gateway.api.quizzes import QuizHandlers
from gateway.api.results import ResultsHandlers
from gateway.api.roster import RosterHandlers
from gateway.api.routes.hosting import host_operations, hosting_operations
from gateway.api.routes.library import (
    bounds_operations,
    draft_operations,
    image_operations,
    library_operations,
    publishing_operations,
)
from gateway.api.routes.play import attendance_operations, joining_operations, session_operations
from gateway.api.routes.practices import practice_operations
from gateway.api.routes.results import results_operations
from gateway.api.sessions import SessionHandlers


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers:
    """Everything that answers requests under /api."""

    hosts: HostHandlers
    quizzes: QuizHandlers
    imports: ImportHandlers
    drafts: DraftHandlers
    images: ImageHandlers
    hosting: HostingHandlers
    sessions: SessionHandlers
    roster: RosterHandlers
    attendance: AttendanceHandlers
    players: PlayerHandlers
    answers: AnswerHandlers
    leaderboards: LeaderboardHandlers
    practices: PracticeHandlers
    counts: CountsHandlers
    results: ResultsHandlers


def operations(handlers: Handlers) -> tuple[Operation, ...]:
    """Every operation under /api."""
    return (
        *host_operations(handlers.hosts),
        *publishing_operations(handlers.quizzes, handlers.imports),
        *library_operations(handlers.quizzes),
        *draft_operations(handlers.drafts),
        *image_operations(handlers.images),
        *bounds_operations(),
        *hosting_operations(handlers.hosting),
        *session_operations(handlers.sessions, handlers.answers, handlers.leaderboards),
        *joining_operations(handlers.players, handlers.roster),
        *attendance_operations(handlers.attendance),
        *practice_operations(handlers.practices),
        *results_operations(handlers.results, handlers.counts),
    )
