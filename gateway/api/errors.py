"""Every failure of a request as a status and {"error": {"code", "message"}}: the one place that chooses."""

import msgspec
from msgspec import Struct
from starlette.responses import Response

from shared.domain.errors import Refusal, RefusalCode, TransientFailure

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
    RefusalCode.ANSWER_INVALID: 422,
    RefusalCode.ANSWER_ALREADY_GIVEN: 409,
    RefusalCode.COMMAND_NOT_ALLOWED: 409,
    RefusalCode.COMMAND_STALE: 409,
    RefusalCode.QUIZ_UNKNOWN: 404,
    RefusalCode.QUIZ_INVALID: 422,
    RefusalCode.TOKEN_INVALID: 401,
    RefusalCode.RATE_LIMITED: 429,
}


class ErrorDetail(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`version`: the session's present one, where a command came too late."""

    code: str
    message: str
    version: int | None = None


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


def error_response(
    status: int, code: str, message: str, *, version: int | None = None, headers: dict[str, str] | None = None
) -> Response:
    body = ErrorBody(error=ErrorDetail(code=code, message=message, version=version))
    return Response(msgspec.json.encode(body), status, headers, media_type="application/json")


def response_to(error: Refusal | RequestFault | TransientFailure) -> Response:
    """What a client is told. A passing fault's cause goes to the log, not to the client."""
    match error:
        case Refusal():
            headers = {"Retry-After": str(RETRY_AFTER_S)} if error.code is RefusalCode.RATE_LIMITED else None
            version = error.version if isinstance(error, StaleCommand) else None
            return error_response(
                STATUSES[error.code], error.code, error.message, version=version, headers=headers
            )
        case RequestFault():
            return error_response(error.status, error.code, error.message)
        case TransientFailure():
            return error_response(
                503,
                "unavailable",
                "the service cannot take this now",
                headers={"Retry-After": str(RETRY_AFTER_S)},
            )


class StaleCommand(Refusal):
    """COMMAND_STALE, with the version that would not have been."""

    def __init__(self, refusal: Refusal, version: int) -> None:
        super().__init__(refusal.code, refusal.message)
        self.version = version
