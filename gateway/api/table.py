"""The route table of the HTTP API: routes and /openapi.json are both made from it."""

from gateway.api.answers import AnswerBody, AnswerHandlers, AnswerTaken
from gateway.api.imports import ImportHandlers, ImportRefused, QuizImported
from gateway.api.leaderboards import LeaderboardBody, LeaderboardHandlers
from gateway.api.operation import Handler, Limit, Operation
from gateway.api.players import JoinBody, JoinPending, PlayerAdmitted, PlayerHandlers
from gateway.api.quizzes import QuizBody, QuizHandlers, QuizPublished
from gateway.api.results import ResultsHandlers
from gateway.api.sessions import (
    CommandBody,
    CommandDone,
    SessionBody,
    SessionFound,
    SessionHandlers,
    SessionOpened,
)
from shared.results.files import MEDIA_TYPES
from shared.results.statistics import QuestionStatistics

# 500 questions whose texts are as long as they may be, in letters of two bytes: 3 MB.
MOST_QUIZ_BYTES = 4 * 1_024 * 1_024
_A_MINUTE_MS = 60_000


def operations(
    *,
    quizzes: QuizHandlers,
    sessions: SessionHandlers,
    players: PlayerHandlers,
    answers: AnswerHandlers,
    leaderboards: LeaderboardHandlers,
    imports: ImportHandlers,
    results: ResultsHandlers,
) -> tuple[Operation, ...]:
    """Every operation under /api."""
    return (
        Operation(
            name="publish_quiz",
            method="POST",
            path="/api/quizzes",
            summary="Publish a quiz. The same content again is the same quiz.",
            handler=quizzes.publish,
            body=QuizBody,
            most_body_bytes=MOST_QUIZ_BYTES,
            replies={201: QuizPublished},
            errors=(400, 413, 422, 429, 503),
            limit=Limit(600, _A_MINUTE_MS),
        ),
        Operation(
            name="import_quiz",
            method="POST",
            path="/api/quizzes/import",
            summary="Publish a question bank as it is: Quizline's JSON or CSV, Kahoot's .xlsx, GIFT, Open Trivia.",
            handler=imports.publish,
            takes="application/octet-stream",
            query={
                "name": "The file's name: it tells the format where the content does not, and the quiz's title.",
                "skip": "true: publish what can be taken, and name the rest among the warnings.",
            },
            most_body_bytes=MOST_QUIZ_BYTES,
            replies={201: QuizImported, 422: ImportRefused},
            errors=(413, 429, 503),
            limit=Limit(120, _A_MINUTE_MS),
        ),
        Operation(
            name="open_session",
            method="POST",
            path="/api/sessions",
            summary="Open a session of a quiz: its lobby takes players from now on.",
            handler=sessions.open,
            body=SessionBody,
            replies={201: SessionOpened},
            errors=(400, 404, 413, 422, 429, 503),
            limit=Limit(2_000, _A_MINUTE_MS),
        ),
        Operation(
            name="find_session",
            method="GET",
            path="/api/sessions/{code}",
            summary="The session that has this code.",
            handler=sessions.find,
            replies={200: SessionFound},
            errors=(404, 429, 503),
        ),
        Operation(
            name="join_session",
            method="POST",
            path="/api/sessions/{code}/players",
            summary="Join as a player. Idempotent by request_id; another nickname needs another one.",
            handler=players.join,
            body=JoinBody,
            replies={201: PlayerAdmitted, 202: JoinPending},
            errors=(400, 403, 404, 409, 413, 422, 429, 503),
            limit=Limit(20_000, _A_MINUTE_MS),
        ),
        Operation(
            name="ask_join",
            method="GET",
            path="/api/sessions/{code}/players/requests/{request_id}",
            summary="The outcome of a join request that was answered with 202.",
            handler=players.ask,
            replies={200: PlayerAdmitted, 202: JoinPending},
            errors=(403, 404, 409, 422, 429, 503),
        ),
        Operation(
            name="command_session",
            method="POST",
            path="/api/sessions/{session_id}/commands",
            summary="Drive the session: start, close, next... Harmless when stale: 409 with the present version.",
            handler=sessions.command,
            body=CommandBody,
            token="host",  # noqa: S106 - the role of a token, not one
            replies={200: CommandDone},
            errors=(400, 401, 404, 409, 413, 422, 503),
        ),
        Operation(
            name="submit_answer",
            method="POST",
            path="/api/sessions/{session_id}/answers",
            summary="Answer a question. 202 once the answer cannot be lost any more.",
            handler=answers.submit,
            body=AnswerBody,
            token="player",  # noqa: S106
            replies={202: AnswerTaken},
            errors=(400, 401, 413, 422, 429, 503),
        ),
        Operation(
            name="show_leaderboard",
            method="GET",
            path="/api/sessions/{session_id}/leaderboard",
            summary="The whole leaderboard, as last stored.",
            handler=leaderboards.show,
            replies={200: LeaderboardBody},
            errors=(404, 429, 503),
            limit=Limit(600, _A_MINUTE_MS),
        ),
        Operation(
            name="show_statistics",
            method="GET",
            path="/api/sessions/{session_id}/questions/{index}/statistics",
            summary="How a question went: 409 until it is closed. `index` is from 0.",
            handler=results.statistics,
            token="host",  # noqa: S106
            replies={200: QuestionStatistics},
            errors=(401, 404, 409, 503),
        ),
        *(_results(format, handler) for format, handler in results.by_format.items()),
    )


def _results(format: str, handler: Handler) -> Operation:
    return Operation(
        name=f"results_{format}",
        method="GET",
        path=f"/api/sessions/{{session_id}}/results.{format}",
        summary=f"Every answer with its points, as {format.upper()}: during the session and ever after.",
        handler=handler,
        token="host",  # noqa: S106
        gives=MEDIA_TYPES[format].partition(";")[0],
        replies={200: bytes},
        errors=(401, 404, 503),
    )
