"""A server that is killed: every call says TransientFailure, in bounded time, and works again once it is back."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from shared.adapters.memory import Part
from shared.domain.errors import TransientFailure
from shared.domain.library import Draft, entry_of
from shared.domain.player import Answer
from shared.domain.quiz import AnswerValue
from shared.domain.session import Command
from shared.ports.board import Shown
from shared.ports.deadlines import Deadline
from shared.ports.feed import Register
from shared.ports.images import Image
from tests import story
from tests.contract.listener import listening
from tests.contract.parts import Parts
from tests.contract.results import result
from tests.events.golden import ANSWER_SUBMITTED

WITHIN_S = 15.0


@asynccontextmanager
async def _killed(parts: Parts, part: Part) -> AsyncIterator[None]:
    """The server is away in here and back afterwards, whatever happened."""
    await parts.kill(part)
    try:
        yield
    finally:
        await parts.restart(part)


async def _all_fail(*calls: Awaitable[object]) -> None:
    """Every one of the calls raises TransientFailure, and none hangs."""
    async with asyncio.timeout(WITHIN_S):
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [TransientFailure] * len(calls), outcomes


async def _works_again(parts: Parts, call: Awaitable[object]) -> None:
    """The first call after the return works: a restart leaves nobody with a dead connection."""
    async with asyncio.timeout(WITHIN_S):
        await call


async def test_redis_killed_fails_every_call_and_comes_back(parts: Parts, session_id: str) -> None:
    """Board, feed, registry and deadlines; limits let everybody through instead."""
    await parts.board.rebuild(session_id, [result()])
    await parts.writer.append(session_id, Register.SESSION, 1, b"{}")
    async with _killed(parts, Part.REDIS):
        await _all_fail(
            parts.board.apply(session_id, result(), event_id="event"),
            parts.board.claim(session_id, event_id="event", shown=Shown(removed=0, held=False)),
            parts.board.take(session_id),
            parts.board.mark_published(session_id, 1),
            parts.board.rebuild(session_id, [result()]),
            parts.board.size(session_id),
            parts.board.read(session_id, question=0),
            parts.writer.append(session_id, Register.SESSION, 2, b"{}"),
            parts.writer.send_to_player(session_id, "ada", b"{}"),
            parts.writer.send_join_outcome(session_id, "gateway", "request", b"{}"),
            parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event"),
            parts.writer.lobby_restore(session_id, [("ada", "Ada")]),
            parts.writer.lobby_take(session_id),
            parts.writer.lobby_published(session_id, 1),
            parts.reader.state(session_id),
            parts.reader.since(session_id, 1),
            parts.reader.join_outcome("request"),
            anext(parts.reader.relayed("gateway")),
            parts.registry.heartbeat("gateway", {session_id: 1}),
            parts.registry.hold("gateway", session_id),
            parts.registry.release("gateway", [session_id]),
            parts.deadlines.schedule(Deadline(session_id, 1, Command.CLOSE), due_ms=1),
            parts.deadlines.claim_due(now_ms=1),
            parts.deadlines.done(Deadline(session_id, 1, None)),
        )
        assert await parts.limits.allow(session_id, limit=0, per_ms=1_000)
    await _works_again(parts, parts.board.rebuild(session_id, [result()]))
    await _works_again(parts, parts.writer.append(session_id, Register.SESSION, 3, b"{}"))
    assert await parts.board.size(session_id) == 1


async def test_redis_killed_breaks_a_subscription_and_a_new_one_stands(parts: Parts, session_id: str) -> None:
    """Broken, not silent: the gateway must know that it missed something."""
    gateway = f"gateway-{uuid.uuid4().hex}"
    async with listening(parts, gateway) as listener, _killed(parts, Part.REDIS):
        await asyncio.wait_for(listener.broken.wait(), WITHIN_S)
    async with listening(parts, gateway) as listener:
        await parts.writer.send_join_outcome(session_id, gateway, "after", b"{}")
        assert await listener.gets(1)


async def test_clock_goes_on_while_redis_is_away(parts: Parts) -> None:
    """Answers are stamped by the last known offset."""
    async with _killed(parts, Part.REDIS):
        before = parts.clock.now_ms()

        async def goes_on() -> bool:
            return parts.clock.now_ms() >= before + 100

        await parts.eventually(goes_on)


async def test_mongodb_killed_fails_every_call_and_keeps_what_it_acknowledged(
    parts: Parts, session_id: str
) -> None:
    """Acknowledged is durable: kill -9 takes nothing of it."""
    session = replace(story.LOBBY, id=session_id, code=session_id[:6])
    answer = Answer(
        id="first",
        session_id=session_id,
        player_id="ada",
        question=0,
        value=AnswerValue(choices=(1,)),
        received_at_ms=1,
        elapsed_ms=1,
    )
    ada = replace(story.ADA, session_id=session_id)
    await parts.sessions.add(session)
    await parts.answers.add(answer)
    await parts.scores.add(session_id, result())
    await parts.players.add(ada, seats=100)
    async with _killed(parts, Part.MONGODB):
        await _all_fail(
            parts.sessions.add(replace(session, id="another", code="ANOTHR")),
            parts.sessions.get_current(session_id),
            parts.sessions.find(session.code),
            parts.sessions.unfinished(),
            parts.quizzes.add(story.QUIZ),
            parts.quizzes.get("unread", 1),
            parts.quizzes.get_latest(story.QUIZ.id),
            parts.quizzes.versions(story.QUIZ.id),
            parts.sessions.of_owner(session_id, after=None, limit=1),
            parts.players.seated(session_id, after_seat=-1, limit=1),
            parts.players.add(replace(story.GRACE, session_id=session_id), seats=100),
            parts.players.get(session_id, "unread"),
            parts.players.count(session_id),
            parts.players.all(session_id),
            parts.answers.add(replace(answer, question=1)),
            parts.answers.given(session_id, 0, "ada"),
            parts.answers.all(session_id),
            parts.scores.add(session_id, result("grace")),
            parts.scores.all(session_id),
            parts.scores.count(session_id),
            parts.snapshots.get(session_id),
        )
    async with asyncio.timeout(WITHIN_S):
        assert await parts.sessions.get_current(session_id) == session
        assert await parts.answers.add(replace(answer, id="second")) == answer
        assert await parts.scores.add(session_id, result(points=1)) == result()
        assert list(await parts.players.all(session_id)) == [ada]


async def test_mongodb_killed_fails_every_call_of_a_host_and_keeps_what_it_acknowledged(
    parts: Parts, session_id: str
) -> None:
    """Library, drafts and pictures."""
    entry = entry_of(replace(story.QUIZ, id=session_id), owner_id=session_id)
    draft = Draft(
        id="draft",
        owner_id=session_id,
        quiz_id=session_id,
        revision=1,
        saved_at_ms=1,
        title="The sky",
        questions=story.QUIZ.questions,
    )
    image = Image(name=f"{session_id}.webp", media_type="image/webp", content=b"picture", owner_id=session_id)
    await parts.library.put(entry)
    await parts.drafts.save(draft)
    await parts.images.add(image)
    async with _killed(parts, Part.MONGODB):
        await _all_fail(
            parts.library.put(entry),
            parts.library.get(session_id),
            parts.library.of_owner(session_id, after=None, limit=1),
            parts.library.count(session_id),
            parts.library.hide(session_id),
            parts.drafts.save(replace(draft, revision=2)),
            parts.drafts.get(session_id, draft.id),
            parts.drafts.of_owner(session_id, after=None, limit=1),
            parts.drafts.count(session_id),
            parts.drafts.note_published(session_id, draft.id, revision=1, version=1),
            parts.drafts.delete(session_id, draft.id),
            parts.images.add(image),
            parts.images.get(image.name),
        )
    async with asyncio.timeout(WITHIN_S):
        assert await parts.library.get(session_id) == entry
        assert await parts.drafts.get(session_id, draft.id) == draft
        assert await parts.images.get(image.name) == image


async def test_kafka_killed_fails_the_publishing_and_keeps_what_it_acknowledged(
    parts: Parts, session_id: str
) -> None:
    """No false acknowledgement; the same publisher goes on after the return."""
    before, during, after = (
        replace(ANSWER_SUBMITTED, id=name, subject=session_id) for name in ("before", "during", "after")
    )
    await parts.publisher.publish(before)
    async with _killed(parts, Part.KAFKA):
        await _all_fail(parts.publisher.publish(during))
        with pytest.raises(TransientFailure):
            await parts.publisher.publish(during)
    await _works_again(parts, parts.publisher.publish(after))
    logged = [event.id for event in await parts.published(session_id, 2)]
    assert {"before", "after"} <= set(logged)
