"""broadcast: puts what happened into the session's feed and onto the gateways' channels. Emits no event."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import assert_never

import msgspec

from functions.unexpected import unexpected
from shared.domain.errors import MalformedEvent
from shared.events.event import Event
from shared.events.feed_bodies import (
    LeaderboardBody,
    Lobby,
    LobbyBody,
    OutcomeBody,
    QuestionBody,
    ResultBody,
    SessionBody,
    encode_body,
)
from shared.events.payloads import (
    AnswerRefused,
    LeaderboardUpdated,
    PipelineWakeRequested,
    PlayerJoined,
    PlayerQuestionOpened,
    PlayerRefused,
    PlayerResult,
    QuestionRefused,
    SessionChanged,
    SessionRebuildRequested,
)
from shared.events.views import session_changed
from shared.ports.feed import FeedWriter, Register
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions

# How long joins gather before the lobby is shown anew: a lobby of thousands costs ten messages a second.
LOBBY_TICK_S = 0.1

Pause = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastHandler:
    """Everything it appends is absolute and versioned, so duplicates and late events change nothing. `pause` waits
    the lobby's tick out, in seconds; tests pass one that returns at once.
    """

    feed: FeedWriter
    sessions: Sessions
    quizzes: Quizzes
    players: Players
    pause: Pause = asyncio.sleep

    async def handle(self, event: Event) -> None:
        session_id = event.subject
        match event.data:
            case LeaderboardUpdated() as leaderboard:
                body = encode_body(LeaderboardBody(leaderboard=leaderboard))
                await self.feed.append(session_id, Register.LEADERBOARD, leaderboard.edition, body)
            case SessionChanged() as session:
                await self._show_session(session_id, session)
            case PlayerJoined() as joined:
                await self._show_joined(event, joined)
            case PlayerRefused() as refused:
                body = msgspec.json.encode(refused)
                await self.feed.send_join_outcome(session_id, refused.gateway, refused.request_id, body)
            case AnswerRefused() | QuestionRefused() | PlayerQuestionOpened() | PlayerResult() as personal:
                await self.feed.send_to_player(session_id, personal.player_id, _personal_body(personal))
            case SessionRebuildRequested():
                await self._rebuild(session_id)
            case PipelineWakeRequested():
                return  # being here is all
            case _:
                raise unexpected(event, "broadcast")

    async def _show_session(self, session_id: str, session: SessionChanged) -> None:
        await self.feed.append(
            session_id, Register.SESSION, session.version, encode_body(SessionBody(session=session))
        )

    async def _show_joined(self, event: Event, joined: PlayerJoined) -> None:
        body = msgspec.json.encode(joined)
        await self.feed.send_join_outcome(event.subject, joined.gateway, joined.request_id, body)
        leads = await self.feed.lobby_add(event.subject, joined.player_id, joined.nickname, event_id=event.id)
        if leads:
            await self.pause(LOBBY_TICK_S)
            await self._show_lobby(event.subject)

    async def _show_lobby(self, session_id: str) -> None:
        """Redis may have been emptied while no gateway held the session, so that nobody asked for a rebuild: then
        the players before the wipe are not in the lobby yet.
        """
        players, nicknames = await self.feed.lobby_take(session_id)
        if players < await self.players.count(session_id):
            await self._restore_lobby(session_id)
            players, nicknames = await self.feed.lobby_take(session_id)
        body = encode_body(LobbyBody(lobby=Lobby(players=players, nicknames=tuple(nicknames))))
        await self.feed.append(session_id, Register.LOBBY, players, body)
        await self.feed.lobby_published(session_id, players)

    async def _rebuild(self, session_id: str) -> None:
        session = await self.sessions.get_current(session_id)
        if session is None:
            raise MalformedEvent(f"expected a known session, got {session_id!r}")
        quiz = await self.quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise MalformedEvent(f"expected a published quiz, got {session.quiz_id}@{session.quiz_version}")
        await self._show_session(session_id, session_changed(session, quiz))
        await self._restore_lobby(session_id)
        await self._show_lobby(session_id)

    async def _restore_lobby(self, session_id: str) -> None:
        players = await self.players.all(session_id)
        await self.feed.lobby_restore(session_id, [(player.id, player.nickname) for player in players])


def _personal_body(personal: AnswerRefused | QuestionRefused | PlayerQuestionOpened | PlayerResult) -> bytes:
    match personal:
        case PlayerQuestionOpened(request_id=request_id, question=question, answered=answered):
            return encode_body(QuestionBody(request_id=request_id, question=question, answered=answered))
        case PlayerResult(answer_id=answer_id, question=index, correct=correct, points=points):
            return encode_body(ResultBody(answer_id=answer_id, question=index, correct=correct, points=points))
        case AnswerRefused(answer_id=cause) | QuestionRefused(request_id=cause):
            return encode_body(
                OutcomeBody(
                    answer_id=cause,
                    question=personal.question,
                    code=personal.code,
                    message=personal.message,
                )
            )
        case _:
            assert_never(personal)
