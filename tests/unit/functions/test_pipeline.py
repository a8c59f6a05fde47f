"""I1, I2 and I3 of DESIGN.md over the five handlers together, whatever the order, repetition and crash."""

import random
from collections.abc import Sequence
from dataclasses import replace

import msgspec
import pytest

from shared.adapters.memory import MemorySystem
from shared.domain.player import Player
from shared.domain.ranking import Leaderboard, Result, edition_of, leaderboard_of
from shared.events import catalog
from shared.events.event import Event
from shared.events.feed_bodies import LeaderboardBody, LobbyBody
from shared.events.payloads import AnswerAccepted, ScoreUpdated, Value
from shared.ports.feed import Register
from tests import story
from tests.events.golden import join_request, submission
from tests.story import SESSION_ID, START_MS, seed
from tests.unit.functions.pipeline import Pipeline

PLAYERS = 12


def _joins() -> list[Event]:
    """Twelve who join, and one who wants a name that is taken."""
    names = [*(f"Player {number}" for number in range(PLAYERS)), "PLAYER 0"]
    return [join_request(f"request-{at:016}", name, at_ms=START_MS + at) for at, name in enumerate(names)]


def _answers(players: Sequence[Player], chance: random.Random) -> list[Event]:
    """An answer of each player to each question, some of them second thoughts, some late."""
    events = []
    for player in players:
        for question, opened_ms, value in ((0, 10_000, Value(choices=(1,))), (1, 40_000, Value(text="8"))):
            at_ms = START_MS + opened_ms + chance.choice((1_000, 2_000, 2_000))
            wrong = Value(choices=(0,)) if question == 0 else Value(text="9")
            first = value if chance.random() < 0.7 else wrong
            events.append(submission(player, f"first-{question}", first, question=question, at_ms=at_ms))
            events.append(submission(player, f"second-{question}", wrong, question=question, at_ms=at_ms + 1))
            late_ms = START_MS + opened_ms + 25_000
            events.append(submission(player, f"late-{question}", value, question=question, at_ms=late_ms))
    return events


async def _played(seed_number: int, *, copies: int, wipes: int = 0) -> MemorySystem:
    """A session with everybody's joins and answers, delivered badly; both questions are over."""
    chance = random.Random(seed_number)
    system = MemorySystem()
    await seed(system, session=story.SECOND_CLOSED, players=())
    pipeline = Pipeline(system, chance)
    await pipeline.run(_joins(), copies=copies)
    system.faults.forgive()
    answers = _answers(await system.players.all(SESSION_ID), chance)
    chance.shuffle(answers)
    await pipeline.run(answers, copies=copies, wipes=wipes)
    system.faults.forgive()
    return system


def _of_type(system: MemorySystem, *types: catalog.EventType) -> dict[str, Event]:
    """Published events of these types, by id: repetitions are the same event."""
    events: dict[str, Event] = {}
    for event in system.publisher.events:
        if event.type in types:
            assert events.setdefault(event.id, event) == event, "one id, two contents"
    return events


def _recomputed(system: MemorySystem) -> Leaderboard:
    """The board, from the scores in the log."""
    results = []
    for event in _of_type(system, catalog.SCORE_UPDATED).values():
        assert isinstance(event.data, ScoreUpdated)
        results.append(msgspec.convert(msgspec.to_builtins(event.data), Result))
    return leaderboard_of(results)


@pytest.mark.parametrize("seed_number", range(25))
async def test_answers_delivered_badly_each_have_one_outcome(seed_number: int) -> None:
    """Every submitted answer was accepted or refused, by one event; one accepted a player and question."""
    system = await _played(seed_number, copies=3)
    submitted = _of_type(system, catalog.ANSWER_SUBMITTED)
    accepted = _of_type(system, catalog.ANSWER_ACCEPTED)
    refused = _of_type(system, catalog.ANSWER_REFUSED)
    assert len(accepted) + len(refused) == len(submitted)
    assert len(accepted) == 2 * PLAYERS
    decided = set()
    for event in accepted.values():
        assert isinstance(event.data, AnswerAccepted)
        decided.add((event.data.player_id, event.data.question))
        assert event.data.answer_id.startswith(("first", "second"))
    assert len(decided) == 2 * PLAYERS
    assert len(_of_type(system, catalog.SCORE_UPDATED)) == 2 * PLAYERS


@pytest.mark.parametrize("wipes", [0, 3])
@pytest.mark.parametrize("seed_number", range(25))
async def test_session_delivered_badly_ends_on_the_recomputed_board(seed_number: int, wipes: int) -> None:
    """Redis, snapshot, and what the feed showed last, with Redis emptied three times or never."""
    system = await _played(seed_number, copies=3, wipes=wipes)
    expected = _recomputed(system)
    assert len(expected.entries) == PLAYERS
    taken = await system.board.take(SESSION_ID)
    assert taken is not None
    assert taken.board == expected
    published = replace(expected, edition=edition_of(expected.version, removed=0, held=False))
    assert await system.snapshots.get(SESSION_ID) == published
    state = await system.feed.state(SESSION_ID)
    assert state is not None
    shown = msgspec.json.decode(state.registers[Register.LEADERBOARD], type=LeaderboardBody).leaderboard
    assert (shown.version, shown.players, shown.answered) == (expected.version, PLAYERS, PLAYERS)
    assert [(entry.player_id, entry.points) for entry in shown.top] == [
        (entry.player_id, entry.points) for entry in expected.entries[: len(shown.top)]
    ]
    lobby = msgspec.json.decode(state.registers[Register.LOBBY], type=LobbyBody).lobby
    assert lobby.players == PLAYERS


async def test_session_delivered_in_any_way_gives_the_same_board_and_outcomes() -> None:
    """Where answers do not race each other: the same accepted, refused and scored event ids whatever happens."""
    outcomes = set()
    for seed_number in range(10):
        chance = random.Random(seed_number)
        system = MemorySystem()
        await seed(system, session=story.SECOND_CLOSED)
        events = [
            submission(player, "only", Value(choices=(1,)), question=0, at_ms=START_MS + 12_000 + at)
            for at, player in enumerate(story.PLAYERS)
        ]
        late = replace(events[0], id="late", data=msgspec.structs.replace(events[0].data, question=1))
        chance.shuffle(events)
        await Pipeline(system, chance).run([*events, late], copies=seed_number % 3 + 1)
        types = (catalog.ANSWER_ACCEPTED, catalog.ANSWER_REFUSED, catalog.SCORE_UPDATED)
        outcomes.add(
            (frozenset(_of_type(system, *types)), msgspec.json.encode(await system.snapshots.get(SESSION_ID)))
        )
    assert len(outcomes) == 1
