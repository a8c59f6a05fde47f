"""broadcast: what happened, in the feed and on the gateways' channels."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import msgspec

from functions.broadcast.handler import BroadcastHandler
from shared.adapters.memory import MemorySystem
from shared.events.event import Event
from shared.ports.feed import FeedMessage, JoinOutcome, PersonalMessage, Register, Relayed
from tests.events import golden
from tests.story import ADA, GATEWAY, SESSION_ID, seed
from tests.unit.functions.handlers import HANDLERS


async def _turns() -> None:
    """Let every other task do what it can."""
    for _ in range(20):
        await asyncio.sleep(0)


@asynccontextmanager
async def _listened(system: MemorySystem) -> AsyncIterator[list[Relayed]]:
    """What the story's gateway hears while it holds the session."""
    heard: list[Relayed] = []

    async def listen() -> None:
        async for message in system.feed.relayed(GATEWAY):
            heard.append(message)

    task = asyncio.create_task(listen())
    await _turns()
    await system.registry.hold(GATEWAY, SESSION_ID)
    yield heard
    await _turns()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _system() -> MemorySystem:
    system = MemorySystem()
    await seed(system)
    return system


def _shown(body: bytes) -> dict[str, Any]:
    """A body as a client reads it."""
    shown: dict[str, Any] = msgspec.json.decode(body)
    return shown


def _data(event: Event) -> dict[str, Any]:
    return _shown(msgspec.json.encode(event.data))


async def test_session_and_leaderboard_are_appended_and_relayed() -> None:
    """Each as its own register, numbered in turn."""
    system = await _system()
    async with _listened(system) as heard:
        for event in (golden.QUESTION_OPENED, golden.LEADERBOARD_UPDATED):
            await HANDLERS["broadcast"](system).handle(event)
    assert [_shown(message.body) for message in heard] == [
        {"type": "session", "session": _data(golden.QUESTION_OPENED)},
        {"type": "leaderboard", "leaderboard": _data(golden.LEADERBOARD_UPDATED)},
    ]
    seqs = [message.seq for message in heard if isinstance(message, FeedMessage)]
    assert seqs[1] == seqs[0] + 1


async def test_session_event_that_comes_late_is_not_shown() -> None:
    """Unordered delivery: the newer state stays on the screens."""
    system = await _system()
    async with _listened(system) as heard:
        for event in (golden.QUESTION_CLOSED, golden.QUESTION_OPENED):
            await HANDLERS["broadcast"](system).handle(event)
    assert [_shown(message.body)["session"] for message in heard] == [_data(golden.QUESTION_CLOSED)]


async def test_open_question_is_shown_without_its_key() -> None:
    """I6: what goes to players while the question is open cannot be its answer."""
    system = await _system()
    await HANDLERS["broadcast"](system).handle(golden.QUESTION_OPENED)
    state = await system.feed.state(SESSION_ID)
    assert state is not None
    shown = _shown(state.registers[Register.SESSION])["session"]
    assert shown["reveal"] is None
    assert "correct" not in str(shown["question"])


async def test_join_is_told_to_its_gateway_and_shown_in_the_lobby() -> None:
    """The outcome first: somebody waits for it."""
    system = MemorySystem()
    await seed(system, players=(ADA,))
    async with _listened(system) as heard:
        await HANDLERS["broadcast"](system).handle(golden.PLAYER_JOINED)
    outcome, lobby = heard
    assert isinstance(outcome, JoinOutcome)
    assert _shown(outcome.body) == _data(golden.PLAYER_JOINED)
    assert _shown(lobby.body) == {"type": "lobby", "lobby": {"players": 1, "nicknames": ["Ada"]}}
    assert await system.feed.join_outcome(ADA.request_id) == outcome.body


async def test_refused_join_is_told_to_its_gateway_only() -> None:
    """The lobby does not change."""
    system = await _system()
    async with _listened(system) as heard:
        await HANDLERS["broadcast"](system).handle(golden.PLAYER_REFUSED)
    assert [type(message) for message in heard] == [JoinOutcome]


async def test_refused_answer_is_told_to_its_player() -> None:
    """With the code that the client branches on."""
    system = await _system()
    async with _listened(system) as heard:
        await HANDLERS["broadcast"](system).handle(golden.ANSWER_REFUSED)
    (message,) = heard
    assert isinstance(message, PersonalMessage)
    assert message.player_id == ADA.id
    refused = _data(golden.ANSWER_REFUSED)
    assert _shown(message.body) == {
        "type": "outcome",
        **{field: refused[field] for field in ("answer_id", "question", "code", "message")},
    }


async def test_joins_during_a_tick_are_one_lobby_message() -> None:
    """A hall that joins at once costs a message a tick, not one each."""
    system = await _system()
    over = asyncio.Event()

    async def pause(_seconds: float) -> None:
        await over.wait()

    handler = BroadcastHandler(
        feed=system.feed,
        sessions=system.sessions,
        quizzes=system.quizzes,
        players=system.players,
        pause=pause,
    )
    joins = [
        msgspec.structs.replace(golden.PLAYER_JOINED.data, player_id=f"player-{number}", request_id=f"r-{number}")
        for number in range(30)
    ]
    async with _listened(system) as heard:
        tasks = [
            asyncio.create_task(handler.handle(replace(golden.PLAYER_JOINED, id=f"join-{at}", data=join)))
            for at, join in enumerate(joins)
        ]
        await _turns()
        leading = [task for task in tasks if not task.done()]
        assert len(leading) == 1
        over.set()
        await asyncio.gather(*leading)
    lobbies = [message for message in heard if isinstance(message, FeedMessage)]
    assert len(lobbies) == 1
    assert _shown(lobbies[0].body)["lobby"]["players"] == 30


async def test_join_after_a_wipe_that_nobody_noticed_shows_the_whole_lobby() -> None:
    """No gateway held the session when Redis was emptied: the players before are those of the database."""
    system = await _system()
    system.redis.wipe()
    await HANDLERS["broadcast"](system).handle(golden.PLAYER_JOINED)
    state = await system.feed.state(SESSION_ID)
    assert state is not None
    lobby = _shown(state.registers[Register.LOBBY])["lobby"]
    assert (lobby["players"], sorted(lobby["nicknames"])) == (2, ["Ada", "Grace"])


async def test_rebuild_shows_session_and_lobby_again() -> None:
    """From the database, after Redis lost the feed."""
    system = await _system()
    await HANDLERS["broadcast"](system).handle(golden.SESSION_REBUILD_REQUESTED)
    state = await system.feed.state(SESSION_ID)
    assert state is not None
    assert _shown(state.registers[Register.SESSION])["session"]["version"] == 4
    assert _shown(state.registers[Register.LOBBY])["lobby"] == {"players": 2, "nicknames": ["Grace", "Ada"]}
