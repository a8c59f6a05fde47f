"""What can go wrong, as a closed family.

    QuizlineError
    ├── Refusal            a rule said no; shown to the player or host under a stable code
    ├── MalformedEvent     an event or body that can never be processed, however often it comes
    └── TransientFailure   a passing fault of a part; trying again is right

functions/entrypoint.py and gateway/api/errors.py map these to status codes; nothing else does.
"""

from enum import StrEnum


class RefusalCode(StrEnum):
    """Stable codes. Clients branch on them; once published, a code never changes its meaning."""

    SESSION_UNKNOWN = "session_unknown"
    SESSION_NOT_JOINABLE = "session_not_joinable"
    SESSION_FULL = "session_full"
    SESSION_LOCKED = "session_locked"
    SETTINGS_INVALID = "settings_invalid"
    TEAM_UNKNOWN = "team_unknown"
    NICKNAME_INVALID = "nickname_invalid"
    NICKNAME_TAKEN = "nickname_taken"
    NICKNAME_NOT_LISTED = "nickname_not_listed"
    PLAYER_UNKNOWN = "player_unknown"
    PLAYER_REMOVED = "player_removed"
    SPECTATORS_NOT_ALLOWED = "spectators_not_allowed"
    QUESTION_NOT_OPEN = "question_not_open"
    QUESTION_CLOSED = "question_closed"
    ANSWER_INVALID = "answer_invalid"
    REACTIONS_NOT_OPEN = "reactions_not_open"
    ANSWER_ALREADY_GIVEN = "answer_already_given"
    COMMAND_NOT_ALLOWED = "command_not_allowed"
    COMMAND_STALE = "command_stale"
    QUIZ_UNKNOWN = "quiz_unknown"
    QUIZ_INVALID = "quiz_invalid"
    DRAFT_UNKNOWN = "draft_unknown"
    DRAFT_STALE = "draft_stale"
    LIBRARY_FULL = "library_full"
    IMAGE_INVALID = "image_invalid"
    HOST_NOT_ADMITTED = "host_not_admitted"
    TOKEN_INVALID = "token_invalid"  # noqa: S105 - a code, not a password
    RATE_LIMITED = "rate_limited"


class QuizlineError(Exception):
    """The root of all errors that Quizline raises on purpose."""


class Refusal(QuizlineError):
    """A rule said no. `code` is for programs, `message` for people: it says expected and got."""

    def __init__(self, code: RefusalCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class MalformedEvent(QuizlineError):
    """The event breaks its contract: redelivery cannot help, so it belongs in the dead letters."""


class TransientFailure(QuizlineError):
    """A part is away for now. The work was not done, or not known to be done; do it again."""
