"""I2, I3 and what may be seen, with the rules that reach over several answers: changes of mind, rows, teams,
kicks, results that wait for the close. Events are delivered badly while the session goes on.
"""

import random
from dataclasses import replace

import msgspec
import pytest

from gateway.sessions import emitted
from shared.adapters.memory import MemorySystem
from shared.domain.player import Player
from shared.domain.ranking import Leaderboard, Result, leaderboard_of, without_players
from shared.domain.scoring import ScoringRules
from shared.domain.session import Command, Order, Phase, Session, advanced
from shared.domain.settings import ResultsShown, Settings
from shared.domain.teams import TeamChoice, TeamScore, team_entries
from shared.events.event import Event
from shared.events.feed_bodies import LeaderboardBody
from shared.events.payloads import LeaderboardUpdated, ScoreUpdated, Value
from shared.ports.feed import Register
from tests import story
from tests.events.golden import TRACEPARENT, join_request, submission
from tests.story import QUIZ, SESSION_ID, START_MS, seed
from tests.unit.functions.pipeline import Pipeline

PLAYERS = 9
SETTINGS = Settings(
    rules=ScoringRules(penalty_percent=30, streak_bonus=True),
    results=ResultsShown.AT_CLOSE,
    answer_change=True,
    shuffle_choices=True,
    teams=("Red", "Blue"),
    team_choice=TeamChoice.DRAWN,
    team_score=TeamScore.SUM,
)
LOBBY = replace(story.LOBBY, settings=SETTINGS, seed="a seed")


class Host:
    """Changes the session as the gateway does, and announces it."""

    def __init__(self, system: MemorySystem, session: Session) -> None:
        self._system = system
        self.session = session

    async def give(self, command: Command, after_ms: int, *, player_id: str = "") -> Event:
        """The change's event, to be delivered."""
        order = Order(command=command, player_id=player_id)
        now_ms = START_MS + after_ms
        changed = advanced(self.session, order, now_ms=now_ms, expected_version=self.session.version)
        self._system.faults.forgive()
        assert await self._system.sessions.compare_and_set(changed)
        self.session = changed
        return emitted.session_announced(changed, QUIZ, now_ms=now_ms, traceparent=TRACEPARENT)


def _answers(players: list[Player], question: int, opened_ms: int, chance: random.Random) -> list[Event]:
    """Up to three thoughts of each player, each later than the one before."""
    events = []
    for player in players:
        for thought in range(chance.randint(0, 3)):
            value = Value(choices=(chance.randrange(4),)) if question == 0 else Value(text=chance.choice("789"))
            at_ms = START_MS + opened_ms + 500 * (thought + 1)
            answer_id = f"{question}-{thought}"
            events.append(submission(player, answer_id, value, question=question, at_ms=at_ms))
    chance.shuffle(events)
    return events


async def _played(seed_number: int, wipes: int) -> tuple[MemorySystem, Session, list[int]]:
    """A whole session. The numbers: how many leaderboards had been published when each question closed."""
    chance = random.Random(seed_number)
    system = MemorySystem()
    await seed(system, session=LOBBY, players=())
    pipeline = Pipeline(system, chance)
    names = [f"Player {number}" for number in range(PLAYERS)]
    joins = [join_request(f"request-{at:016}", name, at_ms=START_MS + at) for at, name in enumerate(names)]
    await pipeline.run(joins, copies=2)
    system.faults.forgive()
    players = list(await system.players.all(SESSION_ID))
    host, closed_at = Host(system, LOBBY), []
    for question, opened_ms in ((0, 10_000), (1, 40_000)):
        opened = await host.give(Command.START if question == 0 else Command.NEXT, opened_ms)
        answers = _answers(players, question, opened_ms, chance)
        early, late = answers[: len(answers) * 2 // 3], answers[len(answers) * 2 // 3 :]
        await pipeline.run([opened, *early], copies=2, wipes=wipes)
        closed_at.append(len(system.publisher.events))
        closed = await host.give(Command.CLOSE, opened_ms + 9_000)
        kicked = await host.give(Command.KICK, opened_ms + 9_500, player_id=players[question].id)
        await pipeline.run([*late, closed, kicked], copies=2, wipes=wipes)
    await pipeline.run([await host.give(Command.NEXT, 60_000)], copies=1)
    system.faults.forgive()
    return system, host.session, closed_at


def _recomputed(system: MemorySystem, session: Session) -> Leaderboard:
    results = [
        msgspec.convert(msgspec.to_builtins(event.data), Result)
        for event in {event.id: event for event in system.publisher.events}.values()
        if isinstance(event.data, ScoreUpdated)
    ]
    return without_players(leaderboard_of(results), session.removed)


@pytest.mark.parametrize("wipes", [0, 1])
@pytest.mark.parametrize("seed_number", range(20))
async def test_session_with_every_rule_ends_on_the_recomputed_board(seed_number: int, wipes: int) -> None:
    """The latest thoughts count, rows and teams too, and whoever was put out is gone from the last board."""
    system, session, _ = await _played(seed_number, wipes)
    assert session.phase is Phase.FINISHED
    expected = _recomputed(system, session)
    snapshot = await system.snapshots.get(SESSION_ID)
    state = await system.feed.state(SESSION_ID)
    assert snapshot is not None
    assert state is not None
    assert snapshot.entries == expected.entries
    shown = msgspec.json.decode(state.registers[Register.LEADERBOARD], type=LeaderboardBody).leaderboard
    assert (shown.version, shown.held, shown.players) == (expected.version, False, len(expected.entries))
    assert not set(session.removed) & {entry.player_id for entry in shown.top}
    lines = team_entries(expected.entries, teams=2, score=TeamScore.SUM)
    assert [(line.rank, line.team, line.points) for line in shown.teams] == [
        (line.rank, line.team, line.points) for line in lines
    ]


@pytest.mark.parametrize("seed_number", range(20))
async def test_board_published_before_the_close_tells_nothing_of_the_open_question(seed_number: int) -> None:
    """Only how many have answered: points and places are those from before."""
    system, _, closed_at = await _played(seed_number, wipes=0)
    start = 0
    before: dict[str, int] = {}
    for question, end in enumerate(closed_at):
        boards = [event.data for event in system.publisher.events[start:end]]
        for board in boards:
            if isinstance(board, LeaderboardUpdated) and board.question == question:
                assert board.held
                assert {entry.player_id: entry.points for entry in board.top}.items() <= before.items()
        start = end
        before = _points_before(system, question + 1)


def _points_before(system: MemorySystem, question: int) -> dict[str, int]:
    results = [
        msgspec.convert(msgspec.to_builtins(event.data), Result)
        for event in system.publisher.events
        if isinstance(event.data, ScoreUpdated) and event.data.question < question
    ]
    return {entry.player_id: entry.points for entry in leaderboard_of(results).entries}
