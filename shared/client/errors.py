"""What a client's call can end in besides its result.

QuizlineError
└── ClientError
    ├── Refused       the server said no by a rule; asking again will not help
    ├── Unavailable   no gateway answered in time; asking again may help
    └── Unexpected    a reply that the contract does not know
"""

from shared.domain.errors import QuizlineError


class ClientError(QuizlineError):
    """The root of a client's errors."""


class Refused(ClientError):
    """`code` is one of domain.errors.RefusalCode, or one that this client is too old to know.

    `version`: the session's present version, where the refusal of a command tells it.
    """

    def __init__(self, code: str, message: str, *, status: int = 0, version: int | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.version = version


class Unavailable(ClientError):
    """Nobody answered in time; the message says what the last attempt met."""


class Unexpected(ClientError):
    """The message says expected and got."""
