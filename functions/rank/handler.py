"""rank: orders the leaderboard and publishes it in ticks; emits leaderboard.updated.

Every score is added to the board at once; one event of those that arrive during a tick is its leader, waits the
tick out and publishes a board that covers all of them. The others are done when they are added: if the leader
dies, its own redelivery leads again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from functions.rank.census import Census
from functions.rank.publication import Publication
from functions.rank.rebuilding import Rebuilding
from functions.rank.storing import BoardStore
from functions.unexpected import unexpected
from shared.domain.errors import TransientFailure
from shared.domain.ranking import Leaderboard, Result, tick_ms
from shared.domain.session import Phase
from shared.events.catalog import LEADERBOARD_UPDATED
from shared.events.event import Event, derive
from shared.events.payloads import (
    PipelineWakeRequested,
    ScoreUpdated,
    SessionChanged,
    SessionRebuildRequested,
)
from shared.ports.board import Applied, Board, TakenBoard
from shared.ports.publisher import Publisher
from shared.ports.sessions import Sessions

SOURCE = "/quizline/functions/rank"
# A score is stored before its event sets out; within this long it is on the board, unless something is wrong.
ARRIVAL_S = 1.0

Pause = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankHandler:
    """`pause` waits a tick out, in seconds; tests pass one that returns at once."""

    sessions: Sessions
    board: Board
    rebuilding: Rebuilding
    census: Census
    store: BoardStore
    publisher: Publisher
    pause: Pause = asyncio.sleep

    async def handle(self, event: Event) -> None:
        match event.data:
            case ScoreUpdated() as score:
                await self._rank(event, score)
            case SessionChanged() as session:
                await self._audit(event, session)
            case SessionRebuildRequested():
                await self._rebuild(event.subject)
                await self._lead_unpublished(event)
            case PipelineWakeRequested():
                return  # being here is all
            case _:
                raise unexpected(event, "rank")

    async def _rank(self, event: Event, score: ScoreUpdated) -> None:
        result = _result(score)
        applied = await self.board.apply(event.subject, result, event_id=event.id)
        if not applied.ready:
            applied = await self._applied_anew(event, result)
        await self._lead(event, applied)

    async def _applied_anew(self, event: Event, result: Result) -> Applied:
        """The first of those that find the board missing puts it back, the others find it there."""
        async with self.rebuilding.turn(event.subject):
            applied = await self.board.apply(event.subject, result, event_id=event.id)
            if not applied.ready:
                await self.rebuilding.rebuild(event.subject)
                applied = await self.board.apply(event.subject, result, event_id=event.id)
        return applied

    async def _audit(self, event: Event, session: SessionChanged) -> None:
        """The session is read anew, so that whoever publishes from now on knows its present state: a board that
        was held back during the question is published, a removed player is taken from it.

        Between questions the board is held against the database: a Redis that came back with a part of its
        data (an old snapshot, a replica that lagged) is caught here. What nobody published is published, too: a
        rebuild may have crashed before its claim, a leader may have ended in the dead letters.
        """
        await self.sessions.get_current(event.subject)
        if session.phase is Phase.QUESTION_OPEN and not session.removed:
            return
        stored = await self._stored(event.subject, session)
        if stored == 0:
            await self._rebuild(event.subject)  # empty, but ready: the first scores find a board that stands
            return
        if await self._stays_smaller(event.subject, stored):
            await self._rebuild(event.subject)
        await self._lead_unpublished(event)
        await self._store(event.subject)

    async def _stored(self, session_id: str, session: SessionChanged) -> int:
        if session.question is None or session.phase is Phase.FINISHED:
            return await self.census.whole(session_id)
        return await self.census.stored(session_id, question=session.question.index)

    async def _stays_smaller(self, session_id: str, stored: int) -> bool:
        """Whether the board lacks results even after those that are on their way have had time to arrive."""
        if await self.board.size(session_id) >= stored:
            return False
        await self.pause(ARRIVAL_S)
        return await self.board.size(session_id) < stored

    async def _rebuild(self, session_id: str) -> None:
        async with self.rebuilding.turn(session_id):
            await self.rebuilding.rebuild(session_id)

    async def _lead_unpublished(self, event: Event) -> None:
        publication = Publication.of(await self.sessions.get(event.subject))
        await self._lead(event, await self._claimed(event, publication))

    async def _claimed(self, event: Event, publication: Publication) -> Applied:
        return await self.board.claim(event.subject, event_id=event.id, shown=publication.shown)

    async def _lead(self, event: Event, applied: Applied) -> None:
        """Publish, and again if the session changed meanwhile in what its board shows: the event of that change
        may have found this leader at work."""
        while applied.leads or not applied.ready:
            if not applied.ready:
                raise TransientFailure("expected a board that stands, got it wiped again")
            await self.pause(tick_ms(applied.players) / 1_000)
            taken = await self._taken(event.subject)
            publication = Publication.of(await self.sessions.get(event.subject))
            board = await self._published(event, taken, publication)
            now = Publication.of(await self.sessions.get(event.subject))
            await (self.store.put_in_time if now.is_moving else self.store.put_now)(event.subject, board)
            await self.board.mark_published(event.subject, board.edition)
            if now.shown == publication.shown:
                return
            applied = await self._claimed(event, now)

    async def _taken(self, session_id: str) -> TakenBoard:
        """Before the session is read: a question that opened in between would have its results on a board for
        which nothing is held back (I6)."""
        taken = await self.board.take(session_id)
        if taken is None:
            raise TransientFailure("expected the board that was led, got it wiped")
        return taken

    async def _published(self, event: Event, taken: TakenBoard, publication: Publication) -> Leaderboard:
        board = publication.board(taken)
        payload = publication.payload(board, taken)
        updated = derive(event, LEADERBOARD_UPDATED, payload, source=SOURCE, discriminator=str(board.edition))
        await self.publisher.publish(updated)
        return board

    async def _store(self, session_id: str) -> None:
        """While answers came, not every board was stored: the last one is, now that they pause. Whoever still
        publishes one sees after it that they do (_lead)."""
        taken = await self.board.read(session_id, question=0)
        publication = Publication.of(await self.sessions.get(session_id))  # after the board, as in _taken
        if taken is not None and not publication.is_moving:
            await self.store.put_now(session_id, publication.board(taken))


def _result(score: ScoreUpdated) -> Result:
    return Result(
        player_id=score.player_id,
        nickname=score.nickname,
        joined_at_ms=score.joined_at_ms,
        question=score.question,
        correct=score.correct,
        points=score.points,
        elapsed_ms=score.elapsed_ms,
        answer_id=score.answer_id,
        received_at_ms=score.received_at_ms,
        team=score.team,
        streak_place=score.streak_place,
        starting_points=score.starting_points,
    )
