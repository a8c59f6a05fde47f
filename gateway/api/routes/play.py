"""Routes of a session that is played: finding it, joining, driving, answering."""

from gateway.access.identity import Role
from gateway.api.answers import AnswerBody, AnswerHandlers, AnswerTaken
from gateway.api.attendance import DEFAULT_PLAYERS, MOST_PLAYERS, AttendanceHandlers, PlayersListed
from gateway.api.leaderboards import LeaderboardBody, LeaderboardHandlers
from gateway.api.operation import Operation
from gateway.api.players import JoinBody, JoinPending, PlayerAdmitted, PlayerHandlers
from gateway.api.roster import DEFAULT_NAMES, RosterFound, RosterHandlers
from gateway.api.routes.rates import a_minute
from gateway.api.sessions import CommandBody, CommandDone, SessionFound, SessionHandlers
from shared.domain.settings import MAX_ROSTER


def session_operations(
    sessions: SessionHandlers, answers: AnswerHandlers, leaderboards: LeaderboardHandlers
) -> tuple[Operation, ...]:
    return (
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
            name="command_session",
            method="POST",
            path="/api/sessions/{session_id}/commands",
            summary="Drive the session: start, close, next... Harmless when stale: 409 with the present version.",
            handler=sessions.command,
            body=CommandBody,
            token=Role.HOST,
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
            token=Role.PLAYER,
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
            limit=a_minute(600),
        ),
    )


def joining_operations(players: PlayerHandlers, roster: RosterHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="find_roster",
            method="GET",
            path="/api/sessions/{code}/roster",
            summary="The names that are free, in a session that takes listed ones only.",
            handler=roster.find,
            query={
                "search": "Only names that contain this, whatever their case.",
                "limit": f"How many at most, 1 to {MAX_ROSTER}; {DEFAULT_NAMES} unless said.",
            },
            replies={200: RosterFound},
            errors=(404, 422, 429, 503),
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
            limit=a_minute(20_000),
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
    )


def attendance_operations(attendance: AttendanceHandlers) -> tuple[Operation, ...]:
    return (
        Operation(
            name="list_players",
            method="GET",
            path="/api/sessions/{session_id}/players",
            summary="Who is in the session, by seat.",
            handler=attendance.index,
            query={
                "limit": f"How many at most, 1 to {MOST_PLAYERS}; {DEFAULT_PLAYERS} unless said.",
                "after": "Where to go on: the `next` of the page before.",
            },
            token=Role.HOST,
            replies={200: PlayersListed},
            errors=(401, 404, 422, 503),
        ),
    )
