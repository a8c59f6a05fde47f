"""Every failure of a request as a status and {"error": {"code", "message"}}: the one place that chooses."""

import msgspec
from msgspec import Struct
from starlette.responses import Response

from gateway.api.problems import QuizProblem, quiz_problem
from gateway.library.drafting import StaleDraft
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.reasons import Unfit

RETRY_AFTER_S = 2

STATUSES = {
    RefusalCode.SESSION_UNKNOWN: 404,
    RefusalCode.SESSION_NOT_JOINABLE: 403,
    RefusalCode.SESSION_FULL: 403,
    RefusalCode.SESSION_LOCKED: 403,
    RefusalCode.SETTINGS_INVALID: 422,
    RefusalCode.TEAM_UNKNOWN: 422,
    RefusalCode.NICKNAME_INVALID: 422,
    RefusalCode.NICKNAME_NOT_LISTED: 422,
    RefusalCode.PLAYER_REMOVED: 403,
    RefusalCode.SPECTATORS_NOT_ALLOWED: 403,
    RefusalCode.NICKNAME_TAKEN: 409,
    RefusalCode.PLAYER_UNKNOWN: 404,
    RefusalCode.QUESTION_NOT_OPEN: 409,
    RefusalCode.QUESTION_CLOSED: 409,
    RefusalCode.REACTIONS_NOT_OPEN: 409,
    RefusalCode.ANSWER_INVALID: 422,
    RefusalCode.ANSWER_ALREADY_GIVEN: 409,
    RefusalCode.COMMAND_NOT_ALLOWED: 409,
    RefusalCode.COMMAND_STALE: 409,
    RefusalCode.QUIZ_UNKNOWN: 404,
    RefusalCode.QUIZ_INVALID: 422,
    RefusalCode.DRAFT_UNKNOWN: 404,
    RefusalCode.DRAFT_STALE: 409,
    RefusalCode.LIBRARY_FULL: 409,
    RefusalCode.IMAGE_INVALID: 422,
    RefusalCode.HOST_NOT_ADMITTED: 403,
    RefusalCode.TOKEN_INVALID: 401,
    RefusalCode.RATE_LIMITED: 429,
}


class ErrorDetail(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`version`: the present one of a session whose command was stale; `revision`: of a draft whose save was.
    `reasons`: each of a quiz or of settings that are not fit, of which `message` is the sum."""

    code: str
    message: str
    version: int | None = None
    revision: int | None = None
    reasons: tuple[QuizProblem, ...] = ()


class ErrorBody(Struct, frozen=True, kw_only=True):
    """The body of every failure."""

    error: ErrorDetail


class RequestFault(Exception):
    """The request itself is wrong, before any rule of quizzes applies."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def error_response(status: int, code: str, message: str, *, headers: dict[str, str] | None = None) -> Response:
    return _failure(status, ErrorDetail(code=code, message=message), headers)


def response_to(error: Refusal | RequestFault | TransientFailure) -> Response:
    """What a client is told. A passing fault's cause goes to the log, not to the client."""
    match error:
        case Refusal():
            headers = {"Retry-After": str(RETRY_AFTER_S)} if error.code is RefusalCode.RATE_LIMITED else None
            return _failure(STATUSES[error.code], _detail(error), headers)
        case RequestFault():
            return error_response(error.status, error.code, error.message)
        case TransientFailure():
            return error_response(
                503,
                "unavailable",
                "the service cannot take this now",
                headers={"Retry-After": str(RETRY_AFTER_S)},
            )


def _detail(refusal: Refusal) -> ErrorDetail:
    return ErrorDetail(
        code=refusal.code,
        message=refusal.message,
        version=refusal.version if isinstance(refusal, StaleCommand) else None,
        revision=refusal.revision if isinstance(refusal, StaleDraft) else None,
        reasons=tuple(map(quiz_problem, refusal.reasons)) if isinstance(refusal, Unfit) else (),
    )


def _failure(status: int, detail: ErrorDetail, headers: dict[str, str] | None = None) -> Response:
    content = msgspec.json.encode(ErrorBody(error=detail))
    return Response(content, status, headers, media_type="application/json")


class StaleCommand(Refusal):
    """COMMAND_STALE, with the version that would not have been."""

    def __init__(self, refusal: Refusal, version: int) -> None:
        super().__init__(refusal.code, refusal.message)
        self.version = version
